/**
 * For each function a call that works for several times as long as the event loop may be held, and that stops for a signal where the
 * function takes one. What stands behind a comma in a name says which of its ways is called.
 */
export type EventLoopRows = Readonly<Record<string, (signal?: AbortSignal) => Promise<unknown>>>;

/** Goes through all that an iterator gives. */
export async function goThrough(steps: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of steps);
}

/** Makes a short call often: where none of them lets the event loop turn, together they hold it. */
export async function often(times: number, call: () => Promise<unknown>): Promise<void> {
  for (let time = 0; time < times; time += 1) await call();
}
