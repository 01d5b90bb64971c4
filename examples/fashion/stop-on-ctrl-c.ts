/** A signal that the first Ctrl-C gives; the second ends the process at once. */
export function stopOnCtrlC(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) return;
    controller.abort(new Error('Stopped by Ctrl-C.'));
    // The terminal and npm may both hand the same Ctrl-C on, a moment apart. Later ones get Node's own answer.
    setTimeout(() => process.off('SIGINT', stop), 500).unref();
  };
  process.on('SIGINT', stop);
  return controller.signal;
}
