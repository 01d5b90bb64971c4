import { describe, expect, test } from 'vitest';
import { expectYields, longestHold } from './event-loop.js';

function work(milliseconds: number): void {
  const start = process.cpuUsage();
  for (;;) {
    const { user, system } = process.cpuUsage(start);
    if (user + system > milliseconds * 1000) return;
  }
}

describe('longestHold', () => {
  test('sees work that does not yield, before the first await and after it', async () => {
    expect(await longestHold(async () => work(120))).toBeGreaterThan(100);
    const late = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      work(120);
    };
    expect(await longestHold(late)).toBeGreaterThan(100);
    await expect(expectYields(late)).rejects.toThrow();
  });

  test('counts stretches between two turns, not the whole', async () => {
    const polite = async () => {
      for (let part = 0; part < 14; part += 1) {
        work(15);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await expectYields(polite);
  });

  test('repeats work that is too short to hold anything up', async () => {
    await expect(expectYields(async () => work(20), 60)).rejects.toThrow('to be less than or equal to 50');
    await expectYields(async () => {
      work(20);
      await new Promise((resolve) => setImmediate(resolve));
    }, 60);
  });
});
