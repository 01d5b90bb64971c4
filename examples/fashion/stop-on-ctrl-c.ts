/** A signal that the first Ctrl-C gives; the second ends the process at once. */
export function stopOnCtrlC(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  process.on('SIGINT', () => {
    const now = performance.now();
    if (!controller.signal.aborted) {
      first = now;
      controller.abort(new Error('Stopped by Ctrl-C.'));
      // The terminal, npm and tsx may each hand the same Ctrl-C on, a moment apart.
    } else if (now - first > 500) {
      process.exit(130);
    }
  });
  return controller.signal;
}
