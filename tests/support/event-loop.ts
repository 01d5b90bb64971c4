import { expect } from 'vitest';

/**
 * The longest stretch, in milliseconds of processor time, for which `run` kept the event loop from turning. Processor time,
 * because on a busy machine the clock says little about who held what.
 */
export async function longestHold(run: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let running = true;
  let last = process.cpuUsage();
  const tick = () => {
    const { user, system } = process.cpuUsage(last);
    longest = Math.max(longest, (user + system) / 1000);
    last = process.cpuUsage();
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
 * Checks that `run` lets the event loop turn every 50 ms, in the best of up to ten runs, the first of which warms up. It must work for
 * `least` milliseconds, so that in a table of many a run that never yields cannot pass.
 */
export async function expectYields(run: () => Promise<unknown>, least = 0, within = 50): Promise<void> {
  let [best, most] = [Number.POSITIVE_INFINITY, 0];
  for (let attempt = 0; attempt < 10 && best > within; attempt += 1) {
    const before = process.cpuUsage();
    best = Math.min(best, await longestHold(run));
    const { user, system } = process.cpuUsage(before);
    most = Math.max(most, (user + system) / 1000);
  }
  expect(best).toBeLessThanOrEqual(within);
  expect(most, 'milliseconds of work, too little to tell anything').toBeGreaterThanOrEqual(least);
}
