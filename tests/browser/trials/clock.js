/**
 * Put into every page of a trial: time passes only when the trial says so, so that a slow machine changes nothing.
 * `trial.step(ms, flow)` lets that much time pass, each timer at its moment, and waits in between for requests that are
 * under way; what they take counts `flow` times (0: not at all). `trial.blocked()`: nothing happens any more unless time passes.
 */
(() => {
  const real = {
    wait: window.setTimeout.bind(window),
    now: performance.now.bind(performance),
    fetch: window.fetch.bind(window),
  };
  /** Real milliseconds after which a request that does not end is given up. */
  const PATIENCE = 20000;
  const timers = new Map();
  let [now, last, waiting] = [0, 0, 0];

  window.setTimeout = (act, ms = 0, ...more) => {
    last += 1;
    timers.set(last, { at: now + Math.max(0, Number(ms) || 0), act: () => act(...more) });
    return last;
  };
  window.clearTimeout = (id) => void timers.delete(id);
  performance.now = () => now;

  const rest = (ms = 0) => new Promise((done) => real.wait(done, ms));
  const over = () => rest().then(() => (waiting -= 1));

  window.fetch = (...asked) => {
    waiting += 1;
    const answer = real.fetch(...asked);
    // Its text too has arrived before time goes on.
    answer.then((got) => got.clone().arrayBuffer()).then(over, over);
    return answer;
  };
  if (navigator.locks) {
    const request = navigator.locks.request.bind(navigator.locks);
    // The page before this one is on its way out; how long a busy browser takes for that is not what is tried here.
    navigator.locks.request = async (name, options, held) => {
      waiting += 1;
      try {
        for (let left = window.isSecondTab ? 0 : 500; left > 0; left -= 1) {
          if (!(await navigator.locks.query()).held.some((lock) => lock.name === name)) break;
          await rest(10);
        }
      } finally {
        void over();
      }
      return request(name, options, held);
    };
  }

  function fire(until) {
    const next = [...timers].filter(([, timer]) => timer.at <= until).sort(([a, left], [b, right]) => left.at - right.at || a - b)[0];
    if (!next) return false;
    const [id, timer] = next;
    timers.delete(id);
    now = Math.max(now, timer.at);
    timer.act();
    return true;
  }

  async function settle(flow) {
    await rest();
    let mark = real.now();
    for (const end = mark + PATIENCE; waiting > 0 && real.now() < end; ) {
      await rest(1);
      now += (real.now() - mark) * flow;
      mark = real.now();
      if (flow > 0) while (fire(now)) await rest();
    }
  }

  window.trial = {
    rest,
    blocked: () => waiting === 0 && timers.size > 0,
    async step(ms, flow) {
      const end = now + ms;
      do await settle(flow);
      while (fire(end));
      now = Math.max(now, end);
    },
  };
})();
