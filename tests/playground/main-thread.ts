/** Tasks of a page's main thread, by the processor's time, which does not count what other programs took. */
export interface MainThread {
  readonly tasks: number;
  /** Milliseconds of the longest. */
  readonly longest: number;
  /** How many took more than 50 ms. */
  readonly long: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the processor. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const limit = 50;

/** Reads the tasks of the renderer's main thread from a trace of Chromium. */
export function readTrace(bytes: Buffer): MainThread {
  const { traceEvents } = JSON.parse(bytes.toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const place = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const names = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const mains = new Set(names.map(place));
  const tasks = traceEvents.filter(
    (event) => event.ph === 'X' && /RunTask$/.test(event.name) && mains.has(place(event)),
  );
  const times = tasks.flatMap(({ tdur }) => (tdur === undefined ? [] : [tdur / 1000]));
  const longest = times.reduce((a, b) => Math.max(a, b), 0);
  return { tasks: times.length, longest, long: times.filter((time) => time > limit).length };
}
