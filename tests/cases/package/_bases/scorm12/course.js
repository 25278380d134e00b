function find(win) {
  for (let hops = 0; win && hops < 10; hops++) {
    if (win.API) return win.API;
    win = win.parent === win ? win.opener : win.parent;
  }
  return null;
}
const api = find(window);
if (api && String(api.LMSInitialize("")) === "true") {
  addEventListener("pagehide", () => api.LMSFinish(""));
}
