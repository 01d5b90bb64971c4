import type { Measurement, Pace } from './measurement.js';
import { processorTime } from './processor-time.js';

/** One training step: what it resolves to are its losses, read on the host. */
export type Step = () => Promise<readonly number[]>;

/** Warms up, then times step after step, on the clock and in processor time. */
export async function timeSteps(step: Step, pace: Pace): Promise<Measurement> {
  let firstLosses: Measurement['firstLosses'];
  const timed = async () => {
    const start = performance.now();
    const used = processorTime();
    const losses = await step();
    firstLosses ??= losses;
    return { clock: performance.now() - start, processor: processorTime() - used };
  };
  await repeat(timed, pace.warmup, pace.budget);
  const times = await repeat(timed, pace.steps, pace.budget);
  const series = { clock: times.map(({ clock }) => clock), processor: times.map(({ processor }) => processor) };
  return { series, firstLosses };
}

async function repeat<T>(timed: () => Promise<T>, count: number, budget: number): Promise<T[]> {
  const times: T[] = [];
  const end = performance.now() + budget;
  while (times.length < count && (times.length === 0 || performance.now() < end)) times.push(await timed());
  return times;
}
