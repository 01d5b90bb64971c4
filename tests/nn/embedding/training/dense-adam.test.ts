import {
  buildDotProduct,
  buildEmbeddingMlp,
  createEmbeddingStep,
  createRng,
  denseAdam,
  type EmbeddingModel,
  type EmbeddingOptimizer,
  lazyAdam,
  useBackend,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { createMissedSums } from '../../../../src/nn/embedding/training/missed-sums.js';
import '../../../support/backends.js';
import { bags, items, users } from '../small-models.js';

const size = 3;
const backends = ['cpu', 'wasm'];

interface Batch {
  readonly user: readonly number[];
  readonly item: readonly number[];
  readonly labels: readonly number[];
}

/** User 0 and item 0 come at the first and at every 97th update, user 4 and item 6 never, the others often. */
function batchesOf(count: number): Batch[] {
  const rng = createRng(3);
  const below = (most: number) => Math.floor(rng.uniform() * most);
  return Array.from({ length: count }, (_, index) => {
    const isRare = index % 97 === 0;
    return {
      user: [isRare ? 0 : 1 + below(3), 1 + below(3), 1 + below(3)],
      item: [isRare ? 0 : 1 + below(5), 1 + below(5), 1 + below(5)],
      labels: [1, 0, below(2)],
    };
  });
}

const build = () =>
  buildDotProduct({
    features: { user: users, item: items },
    embeddingSize: size,
    biases: [],
    embeddingDeviation: 0.3,
    seed: 4,
  });

async function train(model: EmbeddingModel, optimizer: EmbeddingOptimizer, batches: readonly Batch[], look = () => {}) {
  const step = createEmbeddingStep(model, { optimizer });
  for (const [index, { user, item, labels }] of batches.entries()) {
    step.learningRate = rateOf(index + 1);
    const rows = { user: Int32Array.from(user), item: Int32Array.from(item) };
    await step.update({ rows, labels: Float32Array.from(labels) });
    look();
  }
  return step;
}

const rateOf = (update: number) => (update <= 150 ? 0.01 : 0.004);

/** Adam on all numbers of both tables in double precision; the gradient of a row that is not in the batch is zero. */
function inDoublePrecision(start: Tables, batches: readonly Batch[]): Tables {
  const tables = { user: start.user.slice(), item: start.item.slice() };
  const zeros = () => ({ user: new Float64Array(tables.user.length), item: new Float64Array(tables.item.length) });
  const [m, v] = [zeros(), zeros()];
  for (const [index, batch] of batches.entries()) {
    const gradient = gradientOf(tables, batch, zeros());
    for (const name of ['user', 'item'] as const) {
      for (let at = 0; at < tables[name].length; at += 1) {
        const slope = gradient[name][at]!;
        m[name][at] = 0.9 * m[name][at]! + 0.1 * slope;
        v[name][at] = 0.999 * v[name][at]! + 0.001 * slope ** 2;
        const mean = m[name][at]! / (1 - 0.9 ** (index + 1));
        const square = v[name][at]! / (1 - 0.999 ** (index + 1));
        tables[name][at]! -= (rateOf(index + 1) * mean) / (Math.sqrt(square) + 1e-8);
      }
    }
  }
  return tables;
}

interface Tables {
  readonly user: Float64Array;
  readonly item: Float64Array;
}

function gradientOf(tables: Tables, { user, item, labels }: Batch, out: Tables): Tables {
  for (const [row, label] of labels.entries()) {
    const [u, i] = [size * user[row]!, size * item[row]!];
    let logit = 0;
    for (let column = 0; column < size; column += 1) logit += tables.user[u + column]! * tables.item[i + column]!;
    const slope = (1 / (1 + Math.exp(-logit)) - label) / labels.length;
    for (let column = 0; column < size; column += 1) {
      out.user[u + column]! += slope * tables.item[i + column]!;
      out.item[i + column]! += slope * tables.user[u + column]!;
    }
  }
  return out;
}

function read({ tables }: EmbeddingModel): Tables {
  return { user: Float64Array.from(tables.user!.values), item: Float64Array.from(tables.item!.values) };
}

function apart(left: Tables, right: Tables): number {
  const gap = (name: 'user' | 'item') => left[name].map((value, at) => Math.abs(value - right[name][at]!));
  return Math.max(...gap('user'), ...gap('item'));
}

describe.each(backends)('dense Adam on %s', (backend) => {
  test('moves all rows as Adam in double precision does, with rare rows and a rate that changes', async () => {
    await useBackend(backend);
    const [model, lazy] = [build(), build()];
    const [start, batches] = [read(model), batchesOf(300)];
    const expected = inDoublePrecision(start, batches);
    const step = await train(model, denseAdam(), batches);
    const other = await train(lazy, lazyAdam(), batches);
    expect(apart(read(model), expected)).toBeLessThan(2e-4);
    // Lazy Adam is somewhere else: the comparison can tell.
    expect(apart(read(lazy), expected)).toBeGreaterThan(0.02);
    // Rows that no batch named have nothing to go on by.
    expect(read(model).user.subarray(4 * size)).toEqual(start.user.subarray(4 * size));
    expect(read(model).item.subarray(6 * size)).toEqual(start.item.subarray(6 * size));
    for (const each of [step, other, model, lazy]) each.dispose();
  });

  test('has rows up to date whenever they are read, which changes nothing but rounding', async () => {
    await useBackend(backend);
    const [seldom, often] = [build(), build()];
    const batches = batchesOf(40);
    const first = await train(seldom, denseAdam(), batches);
    const seen: number[] = [];
    const second = await train(often, denseAdam(), batches, () => seen.push(often.tables.user!.values[0]!));
    // User 0 is in the first batch only, and moves on after it.
    expect(new Set(seen.slice(0, 20)).size).toBe(20);
    expect(apart(read(seldom), read(often))).toBeLessThan(2e-6);
    const [user, item] = [Int32Array.of(0, 3), Int32Array.of(0, 5)];
    const scores = await seldom.scorePairs(user, item);
    const { user: p, item: q } = read(seldom);
    scores.forEach((score, row) => {
      const dot = [0, 1, 2].reduce((sum, c) => sum + p[size * user[row]! + c]! * q[size * item[row]! + c]!, 0);
      expect(score).toBeCloseTo(dot, 6);
    });
    for (const each of [first, second, seldom, often]) each.dispose();
  });

  test('leaves the model up to date when it is disposed, and goes on from a saved state with the same bits', async () => {
    await useBackend(backend);
    const batches = batchesOf(60);
    const model = build();
    const step = await train(model, denseAdam(), batches.slice(0, 30));
    const { updates, learningRate, moments } = step.state();
    const saved = Object.fromEntries(Object.entries(moments).map(([name, values]) => [name, values.slice()]));
    const copy = build();
    for (const name of ['user', 'item']) copy.tables[name]!.values.set(model.tables[name]!.values);
    const resumed = createEmbeddingStep(copy, { optimizer: denseAdam() });
    resumed.restore({ updates, learningRate, moments: saved });
    for (const { user, item, labels } of batches.slice(30)) {
      const rows = { user: Int32Array.from(user), item: Int32Array.from(item) };
      const batch = { rows, labels: Float32Array.from(labels) };
      await step.update(batch);
      await resumed.update(batch);
    }
    const before = model.tables.user!;
    step.dispose();
    expect([...before.values]).toEqual([...copy.tables.user!.values]);
    resumed.dispose();
    expect(read(model)).toEqual(read(copy));
    expect(apart(read(model), inDoublePrecision(read(build()), batches))).toBeLessThan(1e-5);
    model.dispose();
    copy.dispose();
  });

  test('brings up the rows of bags before it takes their mean', async () => {
    await useBackend(backend);
    const start = { embeddingSize: size, hidden: [4], embeddingDeviation: 0.5, seed: 2 };
    const make = () =>
      buildEmbeddingMlp({ features: { user: users, basket: { kind: 'bag', vocabulary: items } }, ...start });
    const [waiting, current] = [make(), make()];
    const steps = [waiting, current].map((model) => createEmbeddingStep(model, { optimizer: denseAdam() }));
    for (const [index, basket] of [
      [[0, 1], [2]],
      [[3], [4]],
      [[5], [3, 3]],
      [[0, 2], [1]],
    ].entries()) {
      const rows = { user: Int32Array.of(index, 4), basket: bags(basket) };
      for (const step of steps) await step.update({ rows, labels: Float32Array.of(1, 0) });
      // Reading brings all rows of this model up to date at once.
      expect(current.tables.basket!.values.length).toBe(7 * size);
    }
    const losses = await Promise.all(steps.map((step) => step.readLosses()));
    losses[0]!.forEach((loss, index) => {
      expect(loss).toBeCloseTo(losses[1]![index]!, 6);
    });
    waiting.tables.basket!.values.forEach((value, at) => {
      expect(value).toBeCloseTo(current.tables.basket!.values[at]!, 6);
    });
    for (const each of [...steps, waiting, current]) each.dispose();
  });
});

describe('what a row missed', () => {
  const factors = new Float32Array(4);

  // One update after another, in double precision.
  function missed(optimizer: ReturnType<typeof denseAdam>, from: number, to: number, m: number, v: number) {
    const { beta1, beta2, epsilon } = optimizer;
    let sum = 0;
    for (let update = from + 1; update <= to; update += 1) {
      const [mean, square] = [m * beta1 ** (update - from), v * beta2 ** (update - from)];
      const size = Math.sqrt(square / (1 - beta2 ** update)) + epsilon;
      sum += (scheduled(update) * mean) / (1 - beta1 ** update) / size;
    }
    return sum;
  }

  function inParts(optimizer: ReturnType<typeof denseAdam>, from: number, to: number, m: number, v: number) {
    const sums = createMissedSums(optimizer);
    for (let update = 1; update <= to; update += 1) sums.note(update, scheduled(update));
    let [at, sum, first, second] = [from, 0, m, v];
    while (at < to) {
      at = sums.write(at, to, factors, 0);
      sum += (factors[0]! * first) / (Math.sqrt(second) + factors[1]!);
      [first, second] = [first * factors[2]!, second * factors[3]!];
    }
    return { sum, first, second };
  }

  const scheduled = (update: number) => (update < 40 ? 0.001 * update : update < 300 ? 0.02 : 0.005);
  const settings = [
    denseAdam(),
    denseAdam({ beta1: 0.5, beta2: 0.99 }),
    denseAdam({ beta2: 0.95 }),
    denseAdam({ beta1: 0 }),
  ];
  const spans = [
    [1, 2],
    [1, 300],
    [7, 8],
    [10, 45],
    [90, 100],
    [250, 900],
    [2000, 2001],
    [30_000, 30_020],
    [30_000, 60_000],
  ];

  test.each(settings)('is the sum of single updates, betas $beta1 and $beta2', (optimizer) => {
    const { beta1, beta2, epsilon } = optimizer;
    for (const [from, to] of spans as [number, number][]) {
      // Where all e_i lie within a tenth of the smallest, their variance is at most 0.1^2 / 4 of its square.
      // How far off where the root of the mean square is many times epsilon, equal to it, and far below it.
      for (const [root, tolerance] of [
        [1000, 1e-6],
        [100, 2e-6],
        [1, 2.5e-3],
        [1e-4, 2.5e-3],
      ] as const) {
        const v = (root * epsilon) ** 2;
        const expected = missed(optimizer, from, to, 0.3, v);
        const { sum, first, second } = inParts(optimizer, from, to, 0.3, v);
        expect(Math.abs(sum - expected), `${from} to ${to}, ${root}`).toBeLessThanOrEqual(
          tolerance * Math.abs(expected),
        );
        expect(first).toBeCloseTo(0.3 * beta1 ** (to - from), 6);
        expect(second / v).toBeCloseTo(beta2 ** (to - from), 5);
      }
    }
  });
});

test('refuses betas under which what is missed has no bound, and options that do not exist', () => {
  expect(() => denseAdam({ beta1: 0.9, beta2: 0.9 })).toThrow('denseAdam: `beta1` must be below beta2, 0.9');
  expect(() => denseAdam({ epsilon: 0 })).toThrow('denseAdam: `epsilon` must be a positive number');
  expect(() => denseAdam({ leraningRate: 1 } as object)).toThrow('`leraningRate`');
});
