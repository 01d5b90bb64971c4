/** When the event loop last turned in anybody's work, of which many short pieces may follow each other. */
let turned = Number.NEGATIVE_INFINITY;

/**
 * Makes a function that lets the event loop run when no work has done so for `interval` milliseconds, so that timers, input and
 * rendering go on during long work, and between many short calls; it rejects with the reason of `signal`, if it aborted.
 * It waits for a task, not an animation frame: frames come at most 60 times a second, and not at all in a hidden tab.
 */
export function createPause(interval = 8, signal?: AbortSignal): () => Promise<void> {
  return async () => {
    if (performance.now() - turned >= interval) {
      await nextTask();
      turned = performance.now();
    }
    signal?.throwIfAborted();
  };
}

function nextTask(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
