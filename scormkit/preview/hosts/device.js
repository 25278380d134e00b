/** What is wrong with the learner's device: put in front of a course's own scripts. `data-fault` says what. */
(() => {
  const faults = {
    "storage-missing": () => {
      for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
        Object.defineProperty(window, name, { get() { throw new DOMException("not allowed here", "SecurityError"); } });
      }
    },
    "storage-full": () => {
      Storage.prototype.setItem = () => { throw new DOMException("no room left", "QuotaExceededError"); };
    },
    clock: () => {
      const [now, began] = [Date.now, performance.now()];
      const day = 24 * 60 * 60 * 1000;
      Date.now = () => now() - (performance.now() - began > 10_000 ? day : 0);
    },
  };
  faults[document.currentScript.dataset.fault]?.();
})();
