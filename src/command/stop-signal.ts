/** A second signal this soon is the same key press: `npm start` passes Ctrl-C on to a server that got it already. */
const ECHO_MS = 500;

const PARENT_CHECK_MS = 500;

/** Calls `asked` when the process that started this one is gone: npm's shell ends on a signal without passing it on. */
export function onParentGone(asked: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    asked();
  }, PARENT_CHECK_MS).unref();
}

/**
 * Waits for SIGINT, SIGTERM or SIGHUP. The first calls `asked`; a later one calls `insisted`.
 * @returns what stops listening to signals.
 */
export function onStopSignal(asked: () => void, insisted: () => void): () => void {
  let first: number | undefined;
  const hear = () => {
    if (first === undefined) {
      first = Date.now();
      asked();
    } else if (Date.now() - first > ECHO_MS) {
      insisted();
    }
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, hear);
  return () => signals.forEach((signal) => process.off(signal, hear));
}
