import '../support/backends.js';
import { memory } from '@tensorflow/tfjs-core';
import {
  type ConditionalNetworkOptions,
  categoryColumn,
  conditionalNetwork,
  countColumn,
  createRng,
  type NetworkReport,
  parseTable,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { type OrderColumns, orderLines } from './order-lines.js';

beforeAll(() => useBackend('wasm'));

const kinds = { country: categoryColumn({ missing: 'keep' }), size: categoryColumn(), pieces: countColumn() };
const quick: Omit<ConditionalNetworkOptions, 'together' | 'derived'> = {
  hidden: [24],
  embeddingSize: 4,
  epochs: 6,
  batchSize: 64,
  learningRate: 0.01,
};

/** A table whose rows are drawn from these probabilities. */
function chain(rows: number, seed: number) {
  const rng = createRng(seed);
  const draw = (chances: readonly number[]) => {
    const target = rng.uniform();
    return chances.findIndex(
      (_, place) => target < chances.slice(0, place + 1).reduce((sum, chance) => sum + chance, 0),
    );
  };
  const lines = Array.from({ length: rows }, () => {
    const country = draw([0.5, 0.3, 0.2]);
    const size = draw(
      [
        [0.9, 0.1],
        [0.2, 0.8],
        [0.5, 0.5],
      ][country]!,
    );
    const pieces = draw(country === 2 ? [0.1, 0.1, 0.8] : size === 0 ? [0.7, 0.2, 0.1] : [0.1, 0.3, 0.6]);
    return [country, size, pieces] as const;
  });
  const text = lines.map(([country, size, pieces]) => `c${country},s${size},${pieces}`).join('\n');
  const logs = lines.map(([country, size, pieces]) => {
    const last = country === 2 ? [0.1, 0.1, 0.8] : size === 0 ? [0.7, 0.2, 0.1] : [0.1, 0.3, 0.6];
    const middle = [
      [0.9, 0.1],
      [0.2, 0.8],
      [0.5, 0.5],
    ][country]!;
    return Math.log([0.5, 0.3, 0.2][country]! * middle[size]! * last[pieces]!);
  });
  return { table: parseTable(`country,size,pieces\n${text}\n`, kinds), logs };
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe('a table drawn from known probabilities', () => {
  const { table } = chain(3000, 1);
  const options = { ...quick, epochs: 20, validation: { share: 0.2 } };
  let learned: Promise<Awaited<ReturnType<typeof conditionalNetwork<typeof table.columns>>>>;
  beforeAll(() => {
    learned = conditionalNetwork(table, options);
  });

  test('gives nearly their likelihood on rows held out', async () => {
    const held = chain(2000, 2);
    const logs = await (await learned).logProbability(held.table);
    // Learned from 2,400 rows: independent columns would lose 0.29.
    expect(Math.abs(mean(logs) - mean(held.logs))).toBeLessThan(0.02);
  });

  test('says conditional probabilities in any order', async () => {
    const model = await learned;
    const given = async (where: object, and: object) =>
      (await model.probability({ ...where, ...and })) / (await model.probability(where));
    // Columns by themselves would give 0.3 and 0.2. p(country 1 | size 1) = 0.3 * 0.8 / (0.05 + 0.24 + 0.1), and p(country 2 | pieces 2), whose size is not known.
    const two = 0.5 * (0.9 * 0.1 + 0.1 * 0.6) + 0.3 * (0.2 * 0.1 + 0.8 * 0.6) + 0.2 * 0.8;
    expect(Math.abs((await given({ size: 's1' }, { country: 'c1' })) - 0.24 / 0.39)).toBeLessThan(0.08);
    expect(Math.abs((await given({ pieces: 2 }, { country: 'c2' })) - 0.16 / two)).toBeLessThan(0.08);
    expect(Math.abs((await model.probability({ pieces: { from: 1 }, size: 's0' })) - 0.256)).toBeLessThan(0.04);
  });

  test('draws rows as often as it says, and given conditions', async () => {
    const model = await learned;
    const count = 8000;
    const share = ({ columns }: typeof table, id: string, pieces: number) => {
      const { codes, vocabulary } = columns.country;
      const isCounted = (code: number, row: number) =>
        vocabulary.idAt(code) === id && columns.pieces.values[row] === pieces;
      return codes.filter(isCounted).length / count;
    };
    const rows = parseTable('country,size,pieces\nc1,s0,2\nc1,s1,2\n', kinds);
    const stated = (await model.logProbability(rows)).reduce((sum, log) => sum + Math.exp(log), 0);
    const free = share(await model.sample(count, { seed: 3 }), 'c1', 2);
    expect(Math.abs(free - stated)).toBeLessThan(4 * Math.sqrt((stated * (1 - stated)) / count));
    const where = { pieces: { from: 1 } };
    const given = await model.sample(count, { where, seed: 4 });
    expect(given.columns.pieces.values.every((value) => value >= 1)).toBe(true);
    // p(pieces >= 1), country by country and size by size.
    const one = 0.5 * (0.9 * 0.3 + 0.1 * 0.9) + 0.3 * (0.2 * 0.3 + 0.8 * 0.9) + 0.2 * 0.9;
    // 0.27; columns by themselves would give 0.13.
    expect(Math.abs(share(given, 'c2', 2) - 0.16 / one)).toBeLessThan(0.08);
  });

  test('has probabilities of rows that add up to 1, and those of their own conditions', async () => {
    const model = await learned;
    const lines = ['c0', 'c1', 'c2'].flatMap((country) =>
      ['s0', 's1'].flatMap((size) => [0, 1, 2].map((pieces) => ({ country, size, pieces }))),
    );
    const text = lines.map(({ country, size, pieces }) => `${country},${size},${pieces}`).join('\n');
    const logs = await model.logProbability(parseTable(`country,size,pieces\n${text}\n`, kinds));
    expect(logs.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 12);
    for (const place of [0, 7, 17]) {
      expect(Math.exp(logs[place]!)).toBeCloseTo(await model.probability(lines[place]!), 6);
    }
    expect(await model.probability({})).toBe(1);
    const ranges = { country: 'c1', size: 's1', pieces: { from: 0, to: 2 } };
    expect(await model.probability(ranges)).toBeCloseTo(await model.probability({ country: 'c1', size: 's1' }), 12);
  });

  test('keeps the weights that were best on the rows held out', async () => {
    const { history, best } = await learned;
    expect(history.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 20 }, (_, place) => place + 1));
    const values = history.map(({ validation }) => validation!.value);
    expect(best!.value).toBe(Math.min(...values));
    expect(best!.at).toBe(values.indexOf(best!.value) + 1);
    // From the shares of the columns, 2.76 nats, towards the entropy of the rows, 2.28.
    expect(best!.value).toBeLessThan(2.5);
  });

  test('what another table does not say counts for nothing, and what no row had is ruled out', async () => {
    const model = await learned;
    const logs = await model.logProbability(parseTable('country,size,pieces\n,s0,1\nc9,s0,1\nc0,s0,1\n', kinds));
    expect(Math.exp(logs[0]!)).toBeCloseTo(await model.probability({ size: 's0', pieces: 1 }), 6);
    expect(logs[1]).toBe(Number.NEGATIVE_INFINITY);
    expect(Number.isFinite(logs[2])).toBe(true);
  });
});

test('conditions hold in every row', async () => {
  const model = await conditionalNetwork<OrderColumns>(orderLines(1500), { ...quick, epochs: 2 });
  const where = { country: null, price: { from: 0.5, to: 3.33 }, pieces: { to: 4 } };
  const { country, price, pieces } = (await model.sample(500, { where, seed: 1 })).columns;
  expect(country.codes.every((code) => code === -1)).toBe(true);
  expect(price.values.every((value) => value >= 0.5 && value <= 3.33)).toBe(true);
  expect(pieces.values.every((value) => value <= 4)).toBe(true);
  await expect(model.sample(5, { where: { pieces: 301 } })).rejects.toThrow('at least 1e-9 in the model, received 0');
});

test('starts with the shares of the columns', async () => {
  const { table } = chain(500, 3);
  // A step size that moves nothing.
  const model = await conditionalNetwork(table, { ...quick, epochs: 1, learningRate: 1e-12 });
  const { codes, vocabulary } = table.columns.country;
  const pieces = table.columns.pieces.values;
  const share = codes.filter((code) => vocabulary.idAt(code) === 'c1').length / 500;
  const two = pieces.filter((value) => value === 2).length / 500;
  expect(await model.probability({ country: 'c1', pieces: 2 })).toBeCloseTo(share * two, 5);
});

test('the same seed gives the same model, and another another', async () => {
  const { table } = chain(300, 4);
  const learn = async (seed: number) => {
    const model = await conditionalNetwork(table, { ...quick, epochs: 2, seed });
    return [...(await model.logProbability(table))];
  };
  const first = await learn(1);
  expect(await learn(1)).toEqual(first);
  expect(await learn(2)).not.toEqual(first);
});

test('one column and one row will do', async () => {
  const single = parseTable('country\nUK\n', { country: categoryColumn() });
  const model = await conditionalNetwork(single, { ...quick, epochs: 1 });
  expect((await model.sample(3)).columns.country.codes).toEqual(new Int32Array(3));
  expect(model.best).toBeUndefined();
});

test('ends when patience does, and tells every epoch', async () => {
  const seen: NetworkReport[] = [];
  const options = {
    ...quick,
    epochs: 200,
    learningRate: 0.05,
    onProgress: (report: NetworkReport) => void seen.push(report),
  };
  const { history, best } = await conditionalNetwork(chain(150, 5).table, {
    ...options,
    together: [],
    validation: { patience: 3 },
  });
  expect(seen).toEqual(history);
  expect(history.length).toBe(best!.at + 3);
});

test('leaves no tensors, however it ends', async () => {
  const { table } = chain(200, 6);
  const model = await conditionalNetwork(table, { ...quick, epochs: 1 });
  const before = memory().numTensors;
  await conditionalNetwork(table, { ...quick, epochs: 1 });
  await model.sample(10, { where: { pieces: { from: 1 } } });
  await model.logProbability(table);
  const controller = new AbortController();
  const stop = { signal: controller.signal, onProgress: () => controller.abort(new Error('enough')) };
  await expect(conditionalNetwork(table, { ...quick, ...stop })).rejects.toThrow('enough');
  await expect(conditionalNetwork(table, { ...quick, learningRate: 1e38 })).rejects.toThrow(/conditionalNetwork.*loss/);
  expect(memory().numTensors).toBe(before);
});

test('refuses settings that are none', async () => {
  const { table } = chain(50, 7);
  const learn = (options: object) => conditionalNetwork(table, options);
  await expect(learn({ hidden: [] })).rejects.toThrow('conditionalNetwork: `hidden` must not be empty');
  await expect(learn({ hidden: [0] })).rejects.toThrow('`hidden` must hold positive integers only');
  await expect(learn({ epochs: 0 })).rejects.toThrow('`epochs` must be a positive integer, received 0');
  await expect(learn({ embeddingSize: 1.5 })).rejects.toThrow('`embeddingSize`');
  await expect(learn({ batchSize: -1 })).rejects.toThrow('`batchSize`');
  await expect(learn({ learningRate: 0 })).rejects.toThrow('`learningRate` must be a positive number');
  await expect(learn({ validation: { share: 1 } })).rejects.toThrow('`validation.share` must be a number in [0, 1)');
  await expect(learn({ validation: { part: 1 } })).rejects.toThrow('`part` must be left out');
  await expect(learn({ validation: { share: 0, patience: 2 } })).rejects.toThrow(
    '`validation.patience` must be left out',
  );
  await expect(learn({ onProgress: 3 })).rejects.toThrow('`onProgress` must be a function');
});
