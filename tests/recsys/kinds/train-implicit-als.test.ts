import {
  createInteractions,
  createRng,
  createVocabulary,
  type ImplicitAlsOptions,
  type Interactions,
  trainImplicitAls,
} from 'minimart';
import { describe, expect, test } from 'vitest';

/** 14 users and 11 items at random; user 3 and item 5 have nothing. */
function madeRows(weighted = false): Interactions {
  const rng = createRng(11);
  const pairs = Array.from({ length: 14 * 11 }, (_, at) => [Math.floor(at / 11), at % 11] as const).filter(
    ([user, item]) => rng.uniform() < 0.35 && user !== 3 && item !== 5,
  );
  return createInteractions({
    users: createVocabulary(Array.from({ length: 14 }, (_, user) => user)),
    items: createVocabulary(Array.from({ length: 11 }, (_, item) => item)),
    userIndices: pairs.map(([user]) => user),
    itemIndices: pairs.map(([, item]) => item),
    weights: pairs.map(() => (weighted ? 1 + rng.integer(5) : 1)),
  });
}

interface Setting {
  readonly regularization: number;
  readonly regularizationExponent: number;
  readonly unobservedWeight: number;
  readonly confidence: (weight: number) => number;
}

/** The loss, pair by pair, from the formula. */
function lossOf(train: Interactions, users: readonly number[][], items: readonly number[][], setting: Setting): number {
  const { regularization, regularizationExponent, unobservedWeight, confidence } = setting;
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, d) => sum + value * b[d]!, 0);
  let loss = 0;
  for (let row = 0; row < train.length; row += 1) {
    const score = dot(users[train.userIndices[row]!]!, items[train.itemIndices[row]!]!);
    loss += confidence(train.weights[row]!) * (1 - score) ** 2;
  }
  for (const user of users) for (const item of items) loss += unobservedWeight * dot(user, item) ** 2;
  const rows = (indices: Int32Array, index: number) => indices.filter((each) => each === index).length;
  for (const [u, user] of users.entries()) {
    const often = rows(train.userIndices, u) + unobservedWeight * items.length;
    loss += regularization * often ** regularizationExponent * dot(user, user);
  }
  for (const [i, item] of items.entries()) {
    const often = rows(train.itemIndices, i) + unobservedWeight * users.length;
    loss += regularization * often ** regularizationExponent * dot(item, item);
  }
  return loss;
}

function rowsOf(values: Float32Array, size: number): number[][] {
  return Array.from({ length: values.length / size }, (_, row) =>
    Array.from(values.subarray(row * size, (row + 1) * size)),
  );
}

async function vectors(train: Interactions, options: Omit<ImplicitAlsOptions, 'interactions'>) {
  const { size, users, items } = await (await trainImplicitAls({ interactions: train, ...options })).recommender
    .factors!();
  return { users: rowsOf(users, size), items: rowsOf(items, size) };
}

const setting = { regularization: 0.05, regularizationExponent: 0.7, unobservedWeight: 0.2, confidence: () => 1 };

describe('trainImplicitAls', () => {
  test.each([
    ['one factor', { factors: 1 }, false],
    ['five factors', { factors: 5 }, false],
    ['confidence', { factors: 4, confidence: (weight: number) => 1 + 0.5 * weight }, true],
    ['regularization alike for all', { factors: 3, regularizationExponent: 0 }, false],
    ['nothing but what was observed', { factors: 3, unobservedWeight: 0 }, false],
  ])('the items it ends with are where the loss is least: %s', async (_, changes, weighted) => {
    const train = madeRows(weighted);
    const options = { ...setting, ...changes };
    const { users, items } = await vectors(train, { ...options, epochs: 3, seed: 5, initialScale: 1 });
    // The items were solved for last: along each of their components the loss is a parabola with its least value here.
    for (const [i, item] of items.entries()) {
      for (const d of item.keys()) {
        const at = (step: number) => {
          const moved = items.map((each, row) =>
            row === i ? each.map((value, k) => value + (k === d ? step : 0)) : each,
          );
          return lossOf(train, users, moved, options);
        };
        const [below, here, above] = [at(-0.01), at(0), at(0.01)];
        // Where a parabola through the three is least, in units of the step: rounding to float32 moves it by 1e-5 or so.
        expect(Math.abs(below - above) / 2).toBeLessThanOrEqual(1e-3 * (below - 2 * here + above));
        if (i !== 5) expect(above).toBeGreaterThan(here);
      }
    }
  });

  test('the users of an epoch are where the loss is least, the items as they started', async () => {
    const train = madeRows();
    const factors = 3;
    const start = createRng(5)
      .stream('items')
      .fillNormal(new Float32Array(11 * factors));
    const items = rowsOf(
      start.map((value) => (value * 0.5) / Math.sqrt(factors)),
      factors,
    );
    const { users } = await vectors(train, { ...setting, factors, epochs: 1, seed: 5, initialScale: 0.5 });
    for (const [u, user] of users.entries()) {
      for (const d of user.keys()) {
        const at = (step: number) => {
          const moved = users.map((each, row) =>
            row === u ? each.map((value, k) => value + (k === d ? step : 0)) : each,
          );
          return lossOf(train, moved, items, setting);
        };
        const [below, here, above] = [at(-0.01), at(0), at(0.01)];
        expect(Math.abs(below - above) / 2).toBeLessThanOrEqual(1e-3 * (below - 2 * here + above));
      }
    }
  });

  test('the loss falls with every epoch', async () => {
    const train = madeRows();
    const losses: number[] = [];
    await trainImplicitAls({
      interactions: train,
      ...setting,
      factors: 4,
      epochs: 6,
      onProgress: async ({ epoch, epochs }, recommender) => {
        expect([epoch, epochs]).toEqual([losses.length + 1, 6]);
        const { users, items } = await recommender.factors!();
        losses.push(lossOf(train, rowsOf(users, 4), rowsOf(items, 4), setting));
      },
    });
    for (let epoch = 1; epoch < losses.length; epoch += 1) expect(losses[epoch]).toBeLessThan(losses[epoch - 1]!);
  });

  test('users and items without rows get the vector zero', async () => {
    const { users, items } = await vectors(madeRows(), { factors: 3, epochs: 2 });
    expect(users[3]).toEqual([0, 0, 0]);
    expect(items[5]).toEqual([0, 0, 0]);
    expect(users[4]!.some((value) => value !== 0)).toBe(true);
  });

  test('rows that repeat a pair count as often', async () => {
    const ids = { users: createVocabulary(['u', 'v']), items: createVocabulary(['i', 'j']) };
    const repeated = createInteractions({ ...ids, userIndices: [0, 0, 1], itemIndices: [0, 0, 1] });
    const weighted = createInteractions({ ...ids, userIndices: [0, 1], itemIndices: [0, 1], weights: [2, 1] });
    const options = { factors: 2, epochs: 2, regularizationExponent: 0 };
    const a = await vectors(repeated, options);
    const b = await vectors(weighted, { ...options, confidence: (weight) => weight });
    for (const [u, user] of a.users.entries()) {
      for (const [d, value] of user.entries()) expect(value).toBeCloseTo(b.users[u]![d]!, 6);
    }
  });

  test('one seed gives the same numbers, another others', async () => {
    const run = (seed: number) => vectors(madeRows(), { factors: 3, epochs: 2, seed });
    expect(await run(1)).toEqual(await run(1));
    expect(await run(1)).not.toEqual(await run(2));
  });

  test('says in its history how far the vectors moved: less and less', async () => {
    const start = await vectors(madeRows(), { factors: 3, epochs: 1, seed: 2 });
    const end = await vectors(madeRows(), { factors: 3, epochs: 2, seed: 2 });
    const { history } = await trainImplicitAls({ interactions: madeRows(), factors: 3, epochs: 40, seed: 2 });
    expect(history.map(({ epoch, epochs }) => [epoch, epochs])).toEqual(history.map((_, at) => [at + 1, 40]));
    const [before, after] = [start, end].map(({ users, items }) => [...users, ...items].flat());
    const moved = after!.reduce((sum, value, at) => sum + (value - before![at]!) ** 2, 0);
    const length = after!.reduce((sum, value) => sum + value ** 2, 0);
    expect(history[1]!.change).toBeCloseTo(Math.sqrt(moved / length), 6);
    expect(history[39]!.change).toBeLessThan(history[1]!.change / 10);
  });

  test('stops when told to, with the reason it was given', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const epochs: number[] = [];
    const run = trainImplicitAls({
      interactions: madeRows(),
      factors: 2,
      signal: controller.signal,
      onProgress: ({ epoch }) => {
        epochs.push(epoch);
        if (epoch === 2) controller.abort(reason);
      },
    });
    await expect(run).rejects.toBe(reason);
    expect(epochs).toEqual([1, 2]);
  });

  test.each([
    ['factors', { factors: 0 }],
    ['factors', { factors: 1.5 }],
    ['epochs', { epochs: -1 }],
    ['regularization', { regularization: 0 }],
    ['regularization', { regularization: Number.NaN }],
    ['regularizationExponent', { regularizationExponent: -1 }],
    ['unobservedWeight', { unobservedWeight: -0.1 }],
    ['initialScale', { initialScale: 0 }],
    ['confidence', { confidence: () => 0 }],
    ['seed', { seed: 0.5 }],
  ])('refuses a wrong `%s`', async (name, options) => {
    await expect(trainImplicitAls({ interactions: madeRows(), ...options })).rejects.toThrow(`\`${name}\``);
  });

  test('refuses a train without rows', async () => {
    const empty = createInteractions({
      ...madeRows(),
      userIndices: [],
      itemIndices: [],
      weights: [],
      duplicates: 'keep',
    });
    await expect(trainImplicitAls({ interactions: empty })).rejects.toThrow(
      'trainImplicitAls: `interactions` must not be empty, received',
    );
  });
});
