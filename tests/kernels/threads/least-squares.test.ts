import '../../support/backends.js';
import { createRng, useBackend } from 'minimart/recsys';
import { expect, test, vi } from 'vitest';
import * as splitting from '../../../src/kernels/threads/split-work.js';
import { type AlsSides, plainFitter } from '../../../src/recsys/kinds/als/als-fitter.js';
import type { AlsSide } from '../../../src/recsys/kinds/als/als-side.js';
import { wasmFitter } from '../../../src/recsys/kinds/als/wasm-als-fitter.js';
import { expectSameBits } from './same-bits.js';

// Started on memory that threads can share, where it stays.
await useBackend('wasm', { threads: 2 });

const pause = async () => {};

/** Sides at random: each user bought what `counts` says, items wherever they come. */
function madeSides(counts: readonly number[], items: number, factors: number): AlsSides {
  const rng = createRng(factors);
  const pairs = counts.flatMap((count, user) =>
    Array.from({ length: count }, () => [user, rng.integer(items)] as const),
  );
  const side = (rows: number, own: 0 | 1): AlsSide => {
    const sorted = pairs.map((pair) => [pair[own], pair[1 - own]!] as const).sort(([a], [b]) => a - b);
    const offsets = new Uint32Array(rows + 1);
    for (const [row] of sorted) offsets[row + 1]! += 1;
    for (let row = 0; row < rows; row += 1) offsets[row + 1]! += offsets[row]!;
    return {
      offsets,
      others: Int32Array.from(sorted, ([, other]) => other),
      confidences: Float32Array.from(sorted, () => 0.5 + 3 * rng.uniform()),
      vectors: rng.fillNormal(new Float32Array(rows * factors)),
    };
  };
  return { users: side(counts.length, 0), items: side(items, 1) };
}

async function fitted(sides: AlsSides, factors: number, open: typeof wasmFitter): Promise<readonly Float32Array[]> {
  // So little that the equations are hard to solve: a last bit in a sum of doubles shows in the float32 that come of it.
  const settings = { factors, regularization: 1e-7, regularizationExponent: 0.8, unobservedWeight: 1e-9 };
  const fitter = (await open(sides, settings, pause))!;
  for (const side of ['users', 'items', 'users'] as const) await fitter.fit(side, pause);
  fitter.close();
  return [sides.users.vectors, sides.items.vectors];
}

const spread = Array.from({ length: 300 }, (_, user) => (user % 17 === 0 ? 0 : 1 + ((user * 37) % 90)));

test.each([
  ['a few rows of five numbers', [3, 0, 5, 1], 7, 5],
  ['as many rows as fill several jobs', spread, 200, 61],
  ['a row of so many observations that its sum is cut', [6000, 2, 150, 0, 66], 40, 64],
  ['one factor', [3, 2, 0], 4, 1],
])('rows are fitted to the bits of the plain loops on 1, 2, 3 and 7 threads: %s', async (_, counts, items, factors) => {
  const plain = await fitted(madeSides(counts, items, factors), factors, async (sides, settings) =>
    plainFitter(sides, settings),
  );
  expect(plain.every((vectors) => vectors.every(Number.isFinite) && vectors.some((value) => value !== 0))).toBe(true);
  for (const threads of [1, 2, 3, 7]) {
    await useBackend('wasm', { threads });
    expectSameBits(await fitted(madeSides(counts, items, factors), factors, wasmFitter), plain, `${threads} threads`);
  }
});

test('large sides are split over all threads, and small ones stay on one', async () => {
  const split = vi.spyOn(splitting, 'splitWork');
  const most = () => Math.max(...split.mock.calls.map(([, parts]) => parts.length));
  await useBackend('wasm', { threads: 7 });
  await fitted(madeSides(spread, 200, 61), 61, wasmFitter);
  expect(most()).toBeGreaterThanOrEqual(7);
  split.mockClear();
  await fitted(madeSides([3, 0, 5, 1], 7, 5), 5, wasmFitter);
  expect(most()).toBe(1);
  split.mockRestore();
});

test('equations without a solution are refused as the plain loops refuse them', async () => {
  await useBackend('wasm', { threads: 2 });
  const settings = { factors: 4, regularization: 1e-300, regularizationExponent: 1, unobservedWeight: 0 };
  const rule =
    'trainImplicitAls: `regularization` must be large enough to keep the equations solvable, received 1e-300';
  for (const open of [wasmFitter, async (sides: AlsSides) => plainFitter(sides, settings)]) {
    const fitter = (await open(madeSides([1, 2, 1], 3, 4), settings, pause))!;
    await expect(fitter.fit('users', pause)).rejects.toThrow(rule);
    fitter.close();
  }
});
