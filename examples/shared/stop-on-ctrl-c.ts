/** A signal that the first Ctrl-C gives; the second ends the process at once. */
export function stopOnCtrlC(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  process.on('SIGINT', () => {
    if (!controller.signal.aborted) {
      first = performance.now();
      controller.abort(new Error('Stopped by Ctrl-C.'));
      // The terminal and npm may both hand the same Ctrl-C on, a moment apart.
    } else if (performance.now() - first > 500) {
      process.exit(130);
    }
  });
  return controller.signal;
}
