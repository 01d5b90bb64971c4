/**
 * Makes a function that lets the event loop run when `interval` milliseconds have passed since it last did, so that
 * timers, input and rendering go on during long work; after that it rejects with the reason of `signal`, if it aborted.
 * It waits for a task, not an animation frame: frames come at most 60 times a second, and not at all in a hidden tab.
 */
export function createPause(interval = 8, signal?: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < interval) return;
    await nextTask();
    signal?.throwIfAborted();
    last = performance.now();
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
