const api = parent.API;
api.LMSInitialize("");
if (api.LMSGetValue("cmi.core.lesson_status") === "not attempted") api.LMSSetValue("cmi.core.lesson_status", "incomplete");
document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  api.LMSSetValue("cmi.interactions.0.id", "when");
  api.LMSSetValue("cmi.interactions.0.type", "choice");
  api.LMSSetValue("cmi.interactions.0.student_response", document.querySelector("input:checked").value);
  api.LMSSetValue("cmi.core.lesson_status", "completed");
});
addEventListener("pagehide", () => {
  api.LMSSetValue("cmi.core.session_time", "0000:00:03.00");
  api.LMSSetValue("cmi.core.exit", "");
  api.LMSFinish("");
});
