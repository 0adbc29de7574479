/** Asking again and again, politely: faster while the page is seen, slower when hidden or when the server is away. */

const HIDDEN_MS = 5_000;
const SLOWEST_RETRY_MS = 5_000;

/**
 * Run `task` until stopped. The wait after a good run is `delay()` milliseconds; after failures it doubles up to five seconds.
 * Returns {kick, stop}: `kick` runs at once (and once more when a run is under way).
 */
export function startLoop(task, delay) {
  const loop = { timer: 0, running: false, again: false, stopped: false, failures: 0 };
  const run = async () => {
    clearTimeout(loop.timer);
    if (loop.stopped) return;
    if (loop.running) {
      loop.again = true;
      return;
    }
    loop.running = true;
    loop.again = false;
    await attempt(task, loop);
    loop.running = false;
    if (!loop.stopped) loop.timer = setTimeout(run, loop.again ? 0 : wait(loop, delay));
  };
  const onVisible = () => document.hidden || run();
  document.addEventListener("visibilitychange", onVisible);
  run();
  return {
    kick: run,
    stop() {
      loop.stopped = true;
      clearTimeout(loop.timer);
      document.removeEventListener("visibilitychange", onVisible);
    },
  };
}

async function attempt(task, loop) {
  try {
    await task();
    loop.failures = 0;
  } catch (error) {
    loop.failures += 1;
    if (error.status === undefined) console.error(error); // our own mistake, not the server's absence
  }
}

function wait(loop, delay) {
  const usual = document.hidden ? HIDDEN_MS : delay();
  return loop.failures ? Math.min(SLOWEST_RETRY_MS, usual * 2 ** loop.failures) : usual;
}
