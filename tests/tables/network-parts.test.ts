import '../support/backends.js';
import { tensor, tensor2d } from '@tensorflow/tfjs-core';
import { createRng, useBackend } from 'minimart';
import { beforeAll, expect, test } from 'vitest';
import type { AllowedCells } from '../../src/tables/conditions.js';
import { conditionPrefixes } from '../../src/tables/network/condition-prefixes.js';
import { maskRows, prefixRows } from '../../src/tables/network/masked-batches.js';
import { cellLoss } from '../../src/tables/network/network-pass.js';
import { type NetworkPlan, weightShapes } from '../../src/tables/network/network-plan.js';

beforeAll(() => useBackend('wasm'));

const plan: NetworkPlan = {
  columns: [
    { base: 0, states: 2 },
    { base: 2, states: 3 },
    { base: 5, states: 4 },
  ],
  states: 9,
  embeddingSize: 2,
  hidden: [5, 4],
};

test('the loss is the cross-entropy of the cells that count, as plain loops give it', async () => {
  const rng = createRng(1);
  const weights = weightShapes(plan).map(([rows, columns = 1]) => rng.fillNormal(new Float32Array(rows * columns)));
  const tensors = weights.map((values, place) => tensor(values.slice(), weightShapes(plan)[place] as number[]));
  const cells = [0, 10, 5, 9, 3, 11];
  const targets = [0, 2, 0, 1, 1, 3];
  const counts = [0, 1, 0.5, 0.25, 0, 2];
  const dense = (units: number[], kernel: Float32Array, bias: Float32Array) =>
    Array.from(bias, (start, to) =>
      units.reduce((sum, unit, from) => sum + unit * kernel[from * bias.length + to]!, start),
    );
  let expected = 0;
  for (const row of [0, 1]) {
    const own = cells.slice(3 * row, 3 * row + 3);
    const embedded = own.flatMap((cell) => [...weights[0]!.subarray(2 * cell, 2 * cell + 2)]);
    const first = dense(embedded, weights[1]!, weights[2]!).map((value) => Math.max(value, 0));
    const second = dense(first, weights[3]!, weights[4]!).map((value) => Math.max(value, 0));
    const logits = dense(second, weights[5]!, weights[6]!);
    for (const [place, { base, states }] of plan.columns.entries()) {
      const powers = logits.slice(base, base + states).map(Math.exp);
      const chance = powers[targets[3 * row + place]!]! / powers.reduce((sum, power) => sum + power, 0);
      expected -= (counts[3 * row + place]! * Math.log(chance)) / 2;
    }
  }
  const loss = cellLoss(plan, tensors, {
    cells: tensor2d(cells, [2, 3], 'int32'),
    targets: tensor2d(targets, [2, 3], 'int32'),
    counts: tensor2d(counts, [2, 3]),
  });
  expect((await loss.data())[0]).toBeCloseTo(expected, 4);
});

test('half of the rows show their first columns, the others some at random', () => {
  const rows = Int32Array.from({ length: 4000 * 3 }, (_, at) => [1, 3, 8][at % 3]!);
  const chosen = Uint32Array.from({ length: 4000 }, (_, row) => row);
  const { cells, targets, counts } = maskRows(plan, rows, chosen, createRng(2));
  const patterns = new Map<string, number>();
  for (const row of chosen) {
    const own = [0, 1, 2].map((place) => 3 * row + place);
    const shown = own.map((at, place) => cells[at] !== plan.states + place);
    // A cell is shown, or hidden and may count; what counts in a row adds up to 1.
    for (const [place, at] of own.entries()) {
      expect(targets[at]).toBe([1, 1, 3][place]);
      if (shown[place]) expect([cells[at], counts[at]]).toEqual([[1, 3, 8][place], 0]);
    }
    expect(own.reduce((sum, at) => sum + counts[at]!, 0)).toBeCloseTo(1, 6);
    const key = shown.map(Number).join('');
    patterns.set(key, (patterns.get(key) ?? 0) + 1);
  }
  // In order: 000, 100, 110, a sixth each. At random: 000 a sixth, each of 100, 010, 001, 110, 101, 011 an eighteenth.
  const shares = {
    '000': 1 / 3,
    '100': 2 / 9,
    '110': 2 / 9,
    '010': 1 / 18,
    '001': 1 / 18,
    '101': 1 / 18,
    '011': 1 / 18,
  };
  for (const [key, share] of Object.entries(shares)) {
    const error = Math.sqrt((share * (1 - share)) / 4000);
    expect(Math.abs(patterns.get(key)! / 4000 - share), key).toBeLessThan(4 * error);
  }
  expect(patterns.size).toBe(7);
});

test('a row of which so many columns are shown asks for the next', () => {
  const batch = prefixRows(plan, Int32Array.of(1, 3, 8, 0, 2, 5), Uint32Array.of(1, 0), (row) => 1 + row);
  expect(batch.cells).toEqual(Int32Array.of(0, 2, 11, 1, 10, 11));
  expect(batch.targets).toEqual(Int32Array.of(0, 0, 0, 1, 1, 3));
  expect(batch.counts).toEqual(Float32Array.of(0, 0, 1, 0, 1, 0));
});

/** A network of two columns that says p(a) = [.5, .3, .2] and p(b | a) as the rows of a matrix; b alone is as likely each. */
const matrix = [
  [0.1, 0.9],
  [0.6, 0.4],
  [0.5, 0.5],
];
const network = {
  base: (column: number) => [0, 3][column]!,
  unknown: (column: number) => 5 + column,
  close: () => {},
  chances: async (cells: Int32Array, column: number) => {
    const rows = Array.from({ length: cells.length / 2 }, (_, row) => cells[2 * row]!);
    return Float64Array.from(rows.flatMap((state) => (column === 0 ? [0.5, 0.3, 0.2] : (matrix[state] ?? [0.5, 0.5]))));
  },
};

function shares(...values: number[]): AllowedCells {
  return { isConditioned: true, allows: () => true, shares: Float64Array.from(values), draw: () => 0 };
}

test('the weights of condition states are products along the chain', async () => {
  const allowed = [shares(0.5, 0, 1), shares(1, 0.25)];
  const { cells, weights } = await conditionPrefixes(network, allowed, async () => {});
  // Both columns have two allowed states, so the first comes first.
  expect([...cells]).toEqual([0, 3, 0, 4, 2, 3, 2, 4]);
  const expected = [0.25 * 0.1, (0.25 * 0.9) / 4, 0.2 * 0.5, (0.2 * 0.5) / 4];
  for (const [place, weight] of expected.entries()) expect(weights[place]).toBeCloseTo(weight, 12);
  // The column with fewer states comes first: then nothing is known of `a` when `b` is asked.
  const other = await conditionPrefixes(network, [shares(1, 1, 1), shares(0, 1)], async () => {});
  expect(other.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(0.5, 12);
});

test('more combinations than are kept apart leave the sum as it is', async () => {
  const allowed = [shares(0.5, 0.2, 1), shares(1, 0.25, 0)];
  const all = await conditionPrefixes(network, [allowed[0]!, shares(1, 0.25)], async () => {});
  const few = await conditionPrefixes(network, [allowed[0]!, shares(1, 0.25)], async () => {}, 4);
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  expect(few.weights).toHaveLength(4);
  expect(sum(few.weights)).toBeCloseTo(sum(all.weights), 12);
  const kept = new Set(Array.from({ length: 4 }, (_, place) => few.cells.slice(2 * place, 2 * place + 2).join()));
  // Those with more than a quarter of the weight cannot be left out.
  for (const [place, weight] of all.weights.entries()) {
    if (weight > sum(all.weights) / 4) expect(kept.has(all.cells.slice(2 * place, 2 * place + 2).join())).toBe(true);
  }
});
