/** For each function a call that works for longer than the event loop may be held, and that stops for a signal. */
export type EventLoopRows = Readonly<Record<string, (signal?: AbortSignal) => Promise<unknown>>>;
