import { tensor1d, tidy, variable } from '@tensorflow/tfjs-core';
import {
  adam,
  binaryCrossEntropyLoss,
  buildDotProduct,
  createEmbeddingStep,
  createRng,
  type EmbeddingLoss,
  type EmbeddingOptimizer,
  lazyAdagrad,
  lazyAdam,
  lazySgd,
  useBackend,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { createMoments, updateRows } from '../../../../src/nn/embedding/training/row-updates.js';
import { createTableGradient } from '../../../../src/nn/embedding/training/table-gradient.js';
import '../../../support/backends.js';
import { items, users } from '../small-models.js';

const [rows, size] = [40, 6];
const touched = [[3, 17, 0], [17, 39], [5], [3, 5, 17, 21], [0, 39, 38]];

interface Slot {
  value: number;
  m: number;
  v: number;
}

type Rule = (slot: Slot, gradient: number, update: number) => void;

const rules: Readonly<Record<string, { optimizer: EmbeddingOptimizer; rule: Rule }>> = {
  adam: {
    optimizer: lazyAdam({ learningRate: 0.02, beta1: 0.8, beta2: 0.95, epsilon: 1e-6 }),
    rule: (slot, gradient, update) => {
      slot.m = 0.8 * slot.m + 0.2 * gradient;
      slot.v = 0.95 * slot.v + 0.05 * gradient ** 2;
      slot.value -= (0.02 * (slot.m / (1 - 0.8 ** update))) / (Math.sqrt(slot.v / (1 - 0.95 ** update)) + 1e-6);
    },
  },
  adagrad: {
    optimizer: lazyAdagrad({ learningRate: 0.05, initialAccumulator: 0.1 }),
    rule: (slot, gradient) => {
      slot.v += gradient ** 2;
      slot.value -= (0.05 * gradient) / (Math.sqrt(0.1 + slot.v) + 1e-10);
    },
  },
  sgd: {
    optimizer: lazySgd({ learningRate: 0.3 }),
    rule: (slot, gradient) => {
      slot.value -= 0.3 * gradient;
    },
  },
};

describe.each(Object.keys(rules))('lazy %s', (name) => {
  const { optimizer, rule } = rules[name]!;

  test.each([0, 0.1])('moves touched rows as double precision does, L2 %d', (regularization) => {
    const rng = createRng(5);
    const values = rng.fillNormal(new Float32Array(rows * size));
    const start = values.slice();
    const slots = Array.from(values, (value): Slot => ({ value, m: 0, v: 0 }));
    const moments = createMoments(optimizer, values.length);
    touched.forEach((some, index) => {
      const gradient = rng.fillNormal(new Float32Array(some.length * size));
      const settings = { optimizer, learningRate: optimizer.learningRate, update: index + 1, regularization };
      updateRows(values, size, moments, Int32Array.from(some), gradient, settings);
      some.forEach((row, place) => {
        for (let column = 0; column < size; column += 1) {
          const slot = slots[row * size + column]!;
          rule(slot, gradient[place * size + column]! + regularization * slot.value, index + 1);
        }
      });
    });
    const moved = new Set(touched.flat());
    values.forEach((value, at) => {
      if (moved.has(Math.floor(at / size))) expect(Math.abs(value - slots[at]!.value)).toBeLessThan(1e-6);
      else expect(value).toBe(start[at]);
    });
  });
});

test('moves a table whose every row is in every batch as ordinary Adam does', async () => {
  await useBackend('cpu');
  const rng = createRng(8);
  const values = rng.fillNormal(new Float32Array(rows * size));
  const whole = tidy(() => variable(tensor1d(values.slice())));
  const ordinary = adam({ learningRate: 0.01, epsilon: 1e-8 });
  const optimizer = lazyAdam({ learningRate: 0.01 });
  const moments = createMoments(optimizer, values.length);
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  for (let update = 1; update <= 10; update += 1) {
    const gradient = rng.fillNormal(new Float32Array(rows * size));
    updateRows(values, size, moments, all, gradient, { optimizer, learningRate: 0.01, update, regularization: 0 });
    tidy(() => ordinary.applyGradients([{ name: whole.name, tensor: tensor1d(gradient) }]));
  }
  const expected = await whole.data();
  values.forEach((value, at) => {
    expect(Math.abs(value - expected[at]!)).toBeLessThan(1e-6);
  });
  ordinary.dispose();
  whole.dispose();
});

test('adds up the gradients of a row that comes twice, in rows and in bags', () => {
  const table = createTableGradient(9, 2);
  const { rows: found, values } = table.collect(
    [
      { kind: 'rows', indices: Int32Array.of(4, 1, 4), isDistinct: false },
      { kind: 'bags', offsets: Uint32Array.of(0, 2, 2, 3), indices: Int32Array.of(1, 8, 4) },
    ],
    [Float32Array.of(1, 2, 10, 20, 3, 4), Float32Array.of(100, 200, 7, 7, 50, 60)],
  );
  expect([...found]).toEqual([4, 1, 8]);
  // Row 4: 1 + 3 + the bag of one; row 1: 10 + half of the bag of two; row 8: the other half.
  expect([...values.subarray(0, 6)]).toEqual([54, 66, 60, 120, 50, 100]);
});

test.each(['cpu', 'wasm'])('lazy Adam through whole updates equals double precision on %s', async (backendName) => {
  await useBackend(backendName);
  const model = buildDotProduct({ features: { user: users, item: items }, embeddingSize: 3, biases: [], seed: 4 });
  const read = () => ({
    user: Float64Array.from(model.tables.user!.values),
    item: Float64Array.from(model.tables.item!.values),
  });
  const slots = read();
  const state = Object.fromEntries(
    Object.entries(slots).map(([name, values]) => [name, Array.from(values, (value): Slot => ({ value, m: 0, v: 0 }))]),
  );
  const step = createEmbeddingStep(model, { optimizer: rules.adam!.optimizer });
  const batches = [
    { user: [0, 0, 1], item: [2, 2, 3] },
    { user: [4, 0, 1], item: [6, 2, 6] },
    { user: [2, 2, 2], item: [0, 1, 0] },
  ];
  const label = [1, 0, 1];
  for (const [index, { user, item }] of batches.entries()) {
    await step.update({
      rows: { user: Int32Array.from(user), item: Int32Array.from(item) },
      labels: Float32Array.from(label),
    });
    const gradients: Record<string, Map<number, number>> = { user: new Map(), item: new Map() };
    const add = (table: string, at: number, slope: number) =>
      gradients[table]!.set(at, (gradients[table]!.get(at) ?? 0) + slope);
    user.forEach((u, row) => {
      const at = (table: string, key: number, column: number) => state[table]![3 * key + column]!.value;
      const logit = [0, 1, 2].reduce((sum, c) => sum + at('user', u, c) * at('item', item[row]!, c), 0);
      const slope = (1 / (1 + Math.exp(-logit)) - label[row]!) / 3;
      for (let column = 0; column < 3; column += 1) {
        add('user', 3 * u + column, slope * at('item', item[row]!, column));
        add('item', 3 * item[row]! + column, slope * at('user', u, column));
      }
    });
    for (const [table, slopes] of Object.entries(gradients)) {
      for (const [at, slope] of slopes) rules.adam!.rule(state[table]![at]!, slope, index + 1);
    }
  }
  const start = slots;
  for (const [name, values] of Object.entries(read())) {
    values.forEach((value, at) => {
      const slot = state[name]![at]!;
      if (slot.v > 0) expect(Math.abs(value - slot.value), `${name}[${at}]`).toBeLessThan(1e-6);
      else expect(value).toBe(start[name as 'user' | 'item'][at]);
    });
  }
  step.dispose();
  model.dispose();
});

test('refuses settings that make no sense, and says which', () => {
  expect(() => lazyAdam({ learningRate: 0 })).toThrow('lazyAdam: `learningRate` must be a positive number');
  expect(() => lazyAdam({ beta2: 1 })).toThrow('`beta2`');
  expect(() => lazyAdagrad({ epsilon: -1 })).toThrow('`epsilon`');
  expect(() => lazySgd({ learningRate: Number.NaN })).toThrow('received NaN (number)');
});

test('takes a loss of the user’s own', async () => {
  await useBackend('wasm');
  const own: EmbeddingLoss = { name: 'own', compute: binaryCrossEntropyLoss().compute };
  const [ours, theirs] = await Promise.all(
    [binaryCrossEntropyLoss(), own].map(async (loss) => {
      const model = buildDotProduct({ features: { user: users, item: items }, seed: 4 });
      const step = createEmbeddingStep(model, { loss });
      await step.update({ rows: { user: Int32Array.of(1), item: Int32Array.of(2) }, labels: Float32Array.of(1) });
      const [value] = await step.readLosses();
      step.dispose();
      model.dispose();
      return { value: value!, table: model.tables.user!.values };
    }),
  );
  expect(theirs!.value).toBeCloseTo(ours!.value, 6);
  theirs!.table.forEach((value, at) => {
    expect(value).toBeCloseTo(ours!.table[at]!, 6);
  });
});
