import { expect } from 'vitest';

/**
 * The longest stretch, in milliseconds, for which `run` kept the event loop from turning: the least of processor time and time
 * by the clock. On a busy machine the clock says little about who held what, and processor time counts threads that compile and
 * collect beside the one that is held.
 */
export async function longestHold(run: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let running = true;
  let last = process.cpuUsage();
  let time = performance.now();
  const tick = () => {
    const { user, system } = process.cpuUsage(last);
    longest = Math.max(longest, Math.min((user + system) / 1000, performance.now() - time));
    last = process.cpuUsage();
    time = performance.now();
    if (running) setImmediate(tick);
  };
  setImmediate(tick);
  await new Promise((resolve) => setImmediate(resolve));
  longest = 0;
  try {
    await run();
  } finally {
    running = false;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return longest;
}

/**
 * Checks that `run` lets the event loop turn every 50 ms, in the best of up to ten runs, the first of which warms up. It must
 * work for `least` milliseconds, so that in a table of many a run that never yields cannot pass; on a machine on which once is
 * too little it runs several times in a row.
 */
export async function expectYields(run: () => Promise<unknown>, least = 0, within = 50): Promise<void> {
  let [best, most, times] = [Number.POSITIVE_INFINITY, 0, 1];
  for (let attempt = 0; attempt < 10 && (best > within || most < least); attempt += 1) {
    const before = process.cpuUsage();
    best = await longestHold(async () => {
      for (let time = 0; time < times; time += 1) await run();
    });
    const { user, system } = process.cpuUsage(before);
    most = (user + system) / 1000;
    if (most < least) times = Math.min(1000, Math.ceil((1.5 * times * least) / Math.max(1, most)));
  }
  expect(best).toBeLessThanOrEqual(within);
  expect(most, 'milliseconds of work, too little to tell anything').toBeGreaterThanOrEqual(least);
}
