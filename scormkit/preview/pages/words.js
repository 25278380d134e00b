/** What calls and statements mean, in plain words: a call or statement in, a sentence out. */

const elements = {
  "cmi.core.student_id": "the learner's id",
  "cmi.core.student_name": "the learner's name",
  "cmi.core.lesson_location": "the place in the course",
  "cmi.core.credit": "credit",
  "cmi.core.lesson_status": "the status",
  "cmi.core.entry": "how the session begins",
  "cmi.core.score.raw": "the score",
  "cmi.core.score.min": "the lowest score",
  "cmi.core.score.max": "the highest score",
  "cmi.core.total_time": "the time of all sessions",
  "cmi.core.lesson_mode": "the mode",
  "cmi.core.exit": "how the session ends",
  "cmi.core.session_time": "the time of this session",
  "cmi.suspend_data": "the saved state",
  "cmi.launch_data": "the launch data",
  "cmi.student_data.mastery_score": "the mastery score",
  "cmi.comments": "comments",
  "cmi.interactions._count": "how many answers there are",
  "cmi.objectives._count": "how many objectives there are",
};
const parts = {
  id: "id", type: "type", time: "time of day", student_response: "answer", result: "result", latency: "time taken",
  weighting: "weight", status: "status", pattern: "right answer",
};

/** `cmi.interactions.3.result` -> "the result of answer 4" */
export function elementWords(name) {
  if (elements[name]) return elements[name];
  const match = /^cmi\.(interactions|objectives)\.(\d+)\.(.+)$/.exec(name);
  if (!match) return name.startsWith("cmi.student_preference.") ? `the learner's preference for ${name.split(".")[2]}` : name;
  const thing = match[1] === "interactions" ? "answer" : "objective";
  const last = match[3].split(".").at(-1);
  const what = match[3].startsWith("score.") ? `${last} score` : match[3].startsWith("objectives") ? `objective's ${last}` : (parts[last] ?? match[3]);
  return `the ${what} of ${thing} ${Number(match[2]) + 1}`;
}

/** A call of the SCORM API as a sentence. */
export function callWords({ name, args, answer }) {
  const value = (text) => (text === "" ? "nothing" : `“${text.length > 90 ? `${text.slice(0, 87)}…` : text}”`);
  switch (name) {
    case "LMSInitialize": return "Begins the session";
    case "LMSFinish": return "Ends the session";
    case "LMSCommit": return "Saves";
    case "LMSGetValue": return `Asks for ${elementWords(args[0])}: ${value(String(answer ?? ""))}`;
    case "LMSSetValue": return `Sets ${elementWords(args[0])} to ${value(args[1] ?? "")}`;
    case "LMSGetLastError": return "Asks what went wrong";
    case "LMSGetErrorString": return "Asks what an error code means";
    default: return "Asks for details of an error";
  }
}

const inLanguage = (map) => (map ? (map["en-GB"] ?? map.en ?? Object.values(map)[0]) : undefined);

/** A statement as a sentence: who did what, and with what result. */
export function statementWords(statement) {
  const { actor, verb, object, result } = statement;
  const who = actor.name ?? actor.account?.name ?? actor.mbox ?? "Somebody";
  const did = inLanguage(verb.display) ?? verb.id.split("/").at(-1);
  const what = inLanguage(object.definition?.name) ?? object.id ?? "";
  const outcome = [];
  if (result?.response) outcome.push(`answer “${result.response}”`);
  if (result?.success !== undefined) outcome.push(result.success ? "success" : "no success");
  if (result?.score?.scaled !== undefined) outcome.push(`score ${Math.round(result.score.scaled * 100)} %`);
  if (result?.duration) outcome.push(durationWords(result.duration));
  return { sentence: `${who} ${did} ${what}`, outcome: outcome.join(", ") };
}

function durationWords(duration) {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(duration);
  if (!match) return duration;
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return [hours && `${hours} h`, minutes && `${minutes} min`, `${Math.round(seconds)} s`].filter(Boolean).join(" ");
}

export function timeWords(total) {
  const whole = Math.round(total);
  const minutes = Math.floor(whole / 60);
  return minutes ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}
