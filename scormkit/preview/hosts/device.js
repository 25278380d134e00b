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
      const [real, began, day] = [Date, performance.now(), 24 * 60 * 60 * 1000];
      const now = () => real.now() - (performance.now() - began > 10_000 ? day : 0);
      window.Date = new Proxy(real, {
        get: (date, name) => (name === "now" ? now : Reflect.get(date, name)),
        construct: (date, args, made) => Reflect.construct(date, args.length ? args : [now()], made),
        apply: () => new real(now()).toString(),
      });
    },
  };
  faults[document.currentScript.dataset.fault]?.();
})();
