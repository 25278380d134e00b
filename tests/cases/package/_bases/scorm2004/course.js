function find(win) {
  for (let hops = 0; win && hops < 10; hops++) {
    if (win.API_1484_11) return win.API_1484_11;
    win = win.parent === win ? win.opener : win.parent;
  }
  return null;
}
const api = find(window);
if (api && String(api.Initialize("")) === "true") {
  addEventListener("pagehide", () => api.Terminate(""));
}
