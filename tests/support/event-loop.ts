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

/** Checks that `run` lets the event loop turn every 50 ms, in the best of three runs after one that warms up. */
export async function expectYields(run: () => Promise<unknown>, within = 50): Promise<void> {
  await run();
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3 && best > within; attempt += 1) best = Math.min(best, await longestHold(run));
  expect(best).toBeLessThanOrEqual(within);
}
