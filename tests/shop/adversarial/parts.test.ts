import '../../support/backends.js';
import { tensor } from '@tensorflow/tfjs-core';
import { type ArrayData, createRng, createVocabulary, useBackend } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { distinctPairs } from '../../../src/recsys/kinds/distinct-pairs.js';
import { createHistories, historiesOf, historyOfItems } from '../../../src/shop/adversarial/histories.js';
import { historyBatches } from '../../../src/shop/adversarial/history-batches.js';
import { type ItemVectors, scaleVectors } from '../../../src/shop/adversarial/item-vectors.js';
import { createNearness, nearnessTo, nearnessToAll } from '../../../src/shop/adversarial/nearness.js';
import { interactionsOf } from '../../recsys/support/hand-made.js';
import { expectClose } from '../../support/expect-close.js';

beforeAll(() => useBackend('wasm'));

const numbered = (count: number) => createVocabulary(Array.from({ length: count }, (_, index) => index));

// Ann: items 0, 1, 2, and 1 once more; Bob: item 2 alone; Cid: 0 and 3; Dan: nothing.
const choices: [number, number][] = [
  [0, 0],
  [0, 1],
  [0, 1],
  [0, 2],
  [1, 2],
  [2, 0],
  [2, 3],
];
const pairs = () => distinctPairs(interactionsOf(numbered(4), numbered(5), choices));
const vectors: ItemVectors = { size: 2, values: Float32Array.of(1, 0, 3, 4, -2, 2, 0, 6, 9, 9) };
const vectorOf = (item: number) => [...vectors.values.slice(2 * item, 2 * item + 2)];

function meanOf(items: readonly number[]): number[] {
  if (items.length === 0) return [0, 0];
  return [0, 1].map((column) => items.reduce((sum, item) => sum + vectorOf(item)[column]!, 0) / items.length);
}

// Everything else that the user of each pair chose, in the order of the pairs.
const others = [[1, 2], [0, 2], [0, 1], [], [3], [0]];

function expectRow(actual: ArrayLike<number>, expected: readonly number[]): void {
  expected.forEach((value, index) => {
    expect(actual[index]).toBeCloseTo(value, 5);
  });
}

describe('scaleVectors', () => {
  test('gives what was chosen mean 0 and a mean square of 1, by one factor', () => {
    const scaled = scaleVectors('test', vectors, pairs());
    const chosen = Array.from(pairs().itemIndices);
    for (const column of [0, 1]) {
      const mean = chosen.reduce((sum, item) => sum + scaled.values[2 * item + column]!, 0);
      expect(mean).toBeCloseTo(0, 5);
    }
    const squares = chosen
      .flatMap((item) => [...scaled.values.slice(2 * item, 2 * item + 2)])
      .map((value) => value ** 2);
    expect(squares.reduce((sum, each) => sum + each, 0) / squares.length).toBeCloseTo(1, 5);
    const apart = (values: Float32Array, i: number, j: number) =>
      Math.hypot(values[2 * i]! - values[2 * j]!, values[2 * i + 1]! - values[2 * j + 1]!);
    const factor = apart(scaled.values, 0, 1) / apart(vectors.values, 0, 1);
    expect(apart(scaled.values, 2, 4) / apart(vectors.values, 2, 4)).toBeCloseTo(factor, 5);
  });
});

describe('histories', () => {
  test('are scaled means of what a user chose, each item once, and zeros for nothing', () => {
    const histories = createHistories(vectors, pairs());
    const found = historiesOf(histories, Int32Array.of(2, 0, 3));
    const expected = [[0, 3], [0, 1, 2], []].flatMap(meanOf).map((value) => value * histories.scale);
    expectRow(found, expected);
  });

  test('are the same for the items as for the user who chose them', () => {
    const histories = createHistories(vectors, pairs());
    expectRow(historyOfItems(histories, Int32Array.of(1, 0, 1, 2)), [...historiesOf(histories, Int32Array.of(0))]);
    expect(Array.from(historyOfItems(histories, new Int32Array(0)))).toEqual([0, 0]);
  });

  test('have a mean square of 1 over the pairs', () => {
    const { scale } = createHistories(vectors, pairs());
    const squares = others.flatMap(meanOf).map((value) => (scale * value) ** 2);
    expect(squares.reduce((sum, each) => sum + each, 0) / squares.length).toBeCloseTo(1, 5);
  });
});

describe('historyBatches', () => {
  const batches = (size: number, seed = 1) => historyBatches(createHistories(vectors, pairs()), size, createRng(seed));

  test('stand each choice beside the mean of everything else that the user chose', () => {
    const { scale } = createHistories(vectors, pairs());
    const [batch] = [...batches(6)];
    const rowsOf = (part: unknown) => {
      const { values } = part as ArrayData;
      return Array.from({ length: 6 }, (_, row) => [...values.slice(2 * row, 2 * row + 2)]);
    };
    const conditions = rowsOf(batch!.conditions);
    const found = rowsOf(batch!.samples).map((x, row) => [...x, ...conditions[row]!]);
    const expected = Array.from(pairs().itemIndices, (item, row) => [
      ...vectorOf(item),
      ...meanOf(others[row]!).map((value) => value * scale),
    ]);
    const sorted = (rows: readonly number[][]) => rows.map((row) => row.map((value) => value.toFixed(4)).join()).sort();
    expect(sorted(found)).toEqual(sorted(expected));
  });

  test('come in another order every epoch, of one size, the rest left out', () => {
    const data = batches(4);
    const epochs = [1, 2, 3].map(() => JSON.stringify([...data]));
    expect([...data]).toHaveLength(1);
    expect(new Set(epochs).size).toBe(3);
    const again = batches(4);
    expect([1, 2, 3].map(() => JSON.stringify([...again]))).toEqual(epochs);
  });

  test('are smaller where there are fewer pairs', () => {
    expect([...batches(100)]).toMatchObject([{ samples: { shape: [6, 2] }, conditions: { shape: [6, 2] } }]);
  });
});

describe('nearness', () => {
  const made = Float32Array.of(1, 1, 0, 5, -1, 2, 3, 3, 8, 8, 0, 0);
  const bandwidth = 1.5;
  const kernel = (x: readonly number[], y: readonly number[]) =>
    Math.exp(-((x[0]! - y[0]!) ** 2 + (x[1]! - y[1]!) ** 2) / (2 * bandwidth ** 2));
  const meanKernel = (x: readonly number[], ys: readonly (readonly number[])[]) =>
    ys.reduce((sum, y) => sum + kernel(x, y), 0) / ys.length;
  const items = [0, 1, 2, 3, 4];
  // Two histories with three made vectors each.
  const draws = (row: number) => [0, 1, 2].map((draw) => [...made.slice(6 * row + 2 * draw, 6 * row + 2 * draw + 2)]);

  test("by ratio divides the made vectors' density by the catalogue's", async () => {
    const nearness = await createNearness(vectors, bandwidth, 'ratio', createRng(1));
    const expected = [0, 1].flatMap((row) =>
      items.map((item) => {
        const x = vectorOf(item);
        return Math.log(meanKernel(x, draws(row))) - Math.log(meanKernel(x, items.map(vectorOf)));
      }),
    );
    await expectClose(nearnessToAll(nearness, tensor(made, [6, 2]), 3), expected, [2, 5], 1e-5);
    expectRow(
      items.flatMap((item) => nearnessTo(nearness, made, 6, 3, item)),
      expected.slice(5),
    );
  });

  test('by nearness does not', async () => {
    const nearness = await createNearness(vectors, bandwidth, 'nearest', createRng(1));
    const expected = [0, 1].flatMap((row) => items.map((item) => Math.log(meanKernel(vectorOf(item), draws(row)))));
    await expectClose(nearnessToAll(nearness, tensor(made, [6, 2]), 3), expected, [2, 5], 1e-5);
    expectRow(
      items.flatMap((item) => nearnessTo(nearness, made, 0, 3, item)),
      expected.slice(0, 5),
    );
  });

  test('lets a part of a large catalogue stand for all of it', async () => {
    const values = createRng(3).fillNormal(new Float32Array(4200));
    const { crowding } = await createNearness({ size: 1, values }, 0.5, 'ratio', createRng(1));
    const at = (x: number) => values.reduce((sum, y) => sum + Math.exp(-((x - y) ** 2) / 0.5), 0) / values.length;
    expect(crowding).toHaveLength(4200);
    for (const item of [0, 4000, 4199]) expect(crowding[item]).toBeCloseTo(Math.log(at(values[item]!)), 1);
  });

  test('stays finite far away', async () => {
    const nearness = await createNearness(vectors, 1e-3, 'ratio', createRng(1));
    const far = Float32Array.of(1e3, -1e3);
    const scores = await nearnessToAll(nearness, tensor(far, [1, 2]), 1).data();
    expect(Array.from(scores).every(Number.isFinite)).toBe(true);
    expect(Number.isFinite(nearnessTo(nearness, far, 0, 1, 2))).toBe(true);
  });
});
