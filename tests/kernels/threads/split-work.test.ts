import '../../support/backends.js';
import { matMul, tensor, tidy } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { useBackend, wasmKernels } from 'minimart/rl';
import { describe, expect, test } from 'vitest';
import { type Part, releaseThreads, runsOf, splitWork, threadsFor } from '../../../src/kernels/threads/split-work.js';
import { createOwnRoutines } from '../../../src/kernels/wasm/module/kernel-module.js';
import type { KernelRoutines } from '../../../src/kernels/wasm/module/kernel-routines.js';
import { numbers, sizeOf } from '../suites/support.js';

const counts = [7, 3, 2, 1];

/** Products of the same numbers on each of the counts of threads. */
async function productsOn(threads: number, cases: readonly Sizes[]): Promise<Float32Array[]> {
  await useBackend('wasm', { threads });
  expect(wasmKernels()?.threads).toBe(threads);
  const results = tidy(() =>
    cases.map(([batches, rows, depth, columns, transposeA, transposeB]) => {
      const outer = batches > 1 ? [batches] : [];
      const left = [...outer, ...(transposeA ? [depth, rows] : [rows, depth])];
      const right = [...outer, ...(transposeB ? [columns, depth] : [depth, columns])];
      return matMul(
        tensor(numbers(sizeOf(left), 1), left),
        tensor(numbers(sizeOf(right), 2), right),
        transposeA,
        transposeB,
      );
    }),
  );
  const values = await Promise.all(results.map((each) => each.data<'float32'>()));
  for (const each of results) each.dispose();
  return values as Float32Array[];
}

type Sizes = [batches: number, rows: number, depth: number, columns: number, transposeA: boolean, transposeB: boolean];

test('products of any sizes are the same to the last bit on 1, 2, 3 and 7 threads', async () => {
  const size = (max: number) => fc.noBias(fc.integer({ min: 1, max }));
  const sizes: fc.Arbitrary<Sizes> = fc.oneof(
    fc.tuple(fc.constant(1), size(500), size(400), size(500), fc.boolean(), fc.boolean()),
    fc.tuple(size(40), size(60), size(60), size(60), fc.boolean(), fc.boolean()),
  );
  const cases = fc.sample(sizes, { numRuns: 60, seed: 16 });
  expect(
    cases.filter(([batches, rows, depth, columns]) => batches * rows * depth * columns > 2e6).length,
  ).toBeGreaterThan(20);
  const outcomes: Float32Array[][] = [];
  for (const threads of counts) outcomes.push(await productsOn(threads, cases));
  const alone = outcomes.at(-1)!;
  for (const outcome of outcomes) {
    for (const [index, values] of outcome.entries()) {
      const same = Buffer.from(values.buffer).equals(Buffer.from(alone[index]!.buffer));
      expect(same, JSON.stringify(cases[index])).toBe(true);
    }
  }
});

describe('splitWork', () => {
  type Parts = Part<KernelRoutines>[];

  /** Routines in a memory of 128 kB, that two threads know. */
  async function onTwoThreads() {
    await useBackend('wasm', { threads: 2 });
    const own = await createOwnRoutines(2, { threads: true });
    expect(own.memory.buffer).toBeInstanceOf(SharedArrayBuffer);
    return { ...own, floats: new Float32Array(own.memory.buffer) };
  }

  test('does each part once, also where there are more than one job holds', async () => {
    const { routines, floats } = await onTwoThreads();
    floats[0] = 7;
    splitWork(
      routines,
      Array.from({ length: 1000 }, (_, index): Parts[number] => [
        ['repeatBlocks', 0, 1, 1, 1, 4 * (2 * index + 1)],
        ['addTakenRows', 0, 1, 80_000, 1, 4 * (2 * index + 1)],
      ]),
    );
    expect([...floats.subarray(0, 2002)]).toEqual([7, ...Array.from({ length: 1000 }, () => [14, 0]).flat(), 0]);
    releaseThreads(routines);
  });

  test('refuses a part that no job holds', async () => {
    const { routines } = await onTwoThreads();
    const large = Array.from({ length: 5000 }, () => ['repeatBlocks', 0, 1, 1, 1, 4] as const);
    expect(() => splitWork(routines, [large, large])).toThrow('a part of 5000 calls is too large for a job');
    releaseThreads(routines);
  });

  test('says when a routine fails, in whatever thread, and goes on', async () => {
    const { routines, floats } = await onTwoThreads();
    const outside = Array.from({ length: 200 }, (): Parts[number] => [['repeatBlocks', 1 << 30, 1, 64, 1, 64]]);
    for (let time = 0; time < 20; time += 1) expect(() => splitWork(routines, outside)).toThrow('out of bounds');
    floats[0] = 3;
    const inside = Array.from({ length: 50 }, (_, index): Parts[number] => [
      ['repeatBlocks', 0, 1, 1, 1, 4 + 4 * index],
    ]);
    splitWork(routines, inside);
    expect([...floats.subarray(0, 52)]).toEqual([...Array(51).fill(3), 0]);
    releaseThreads(routines);
  });

  test('works in memory that grew', async () => {
    const { routines, memory } = await onTwoThreads();
    for (let time = 0; time < 50; time += 1) {
      const end = memory.buffer.byteLength;
      memory.grow(3);
      const floats = new Float32Array(memory.buffer, end, 3 << 14);
      floats[0] = time;
      splitWork(
        routines,
        Array.from({ length: 20 }, (_, index): Parts[number] => [
          ['repeatBlocks', end, 1, 1, 1, end + 9000 * (index + 1)],
        ]),
      );
      expect(Array.from({ length: 20 }, (_, index) => floats[(9000 * (index + 1)) / 4])).toEqual(Array(20).fill(time));
    }
    releaseThreads(routines);
  });

  test('goes on alone where threads do not know the routines, and where there are none any more', async () => {
    const { routines, floats } = await onTwoThreads();
    expect(threadsFor(routines, 10_000_000)).toBe(2);
    expect(threadsFor(routines, 100_000)).toBe(1);
    expect(threadsFor({}, 10_000_000)).toBe(1);
    releaseThreads(routines);
    expect(threadsFor(routines, 10_000_000)).toBe(1);
    floats[0] = 5;
    splitWork(routines, [[['repeatBlocks', 0, 1, 1, 1, 4]], [['repeatBlocks', 0, 1, 1, 1, 8]]]);
    expect([...floats.subarray(0, 4)]).toEqual([5, 5, 5, 0]);
  });
});

test('runs cover everything once, in steps', () => {
  expect(runsOf(10, 3)).toEqual([
    { start: 0, count: 4 },
    { start: 4, count: 4 },
    { start: 8, count: 2 },
  ]);
  expect(runsOf(10, 2, 4)).toEqual([
    { start: 0, count: 8 },
    { start: 8, count: 2 },
  ]);
  expect(runsOf(3, 7, 4)).toEqual([{ start: 0, count: 3 }]);
  expect(runsOf(0, 2)).toEqual([]);
});
