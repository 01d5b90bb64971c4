import '../support/backends.js';
import { memory } from '@tensorflow/tfjs-core';
import {
  adam,
  type ConditionalNetwork,
  conditionalNetwork,
  independentColumns,
  memoryStore,
  trainTableGan,
  useBackend,
} from 'minimart';
import { beforeAll, expect, test } from 'vitest';
import { type OrderColumns, orderLines } from './order-lines.js';

const table = orderLines(400);
let start: ConditionalNetwork<OrderColumns>;

beforeAll(async () => {
  await useBackend('wasm');
  start = await conditionalNetwork(table, {
    hidden: [16],
    embeddingSize: 4,
    epochs: 5,
    batchSize: 64,
    learningRate: 0.01,
  });
});

const quick = { steps: 4, batchSize: 32, hidden: [8] };

test('begins as the network that it was given, which stays as it is', async () => {
  const before = await start.logProbability(table);
  const gan = await trainTableGan(table, { start, ...quick, steps: 1 });
  // The average of one step that hardly moves: the same up to the rounding of float32.
  const logs = await gan.logProbability(table);
  for (const [row, log] of logs.entries()) expect(Math.abs(log - before[row]!)).toBeLessThan(0.02);
  expect(logs).not.toEqual(before);
  expect(await start.logProbability(table)).toEqual(before);
});

test('goes on from a table GAN, reports every step and holds conditions', async () => {
  const first = await trainTableGan(table, { start, ...quick });
  const gan = await trainTableGan(table, { start: first, ...quick, packing: 2, penalties: [] });
  expect(gan.history.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
  expect(gan.steps).toBe(4);
  const where = { country: 'France', pieces: { from: 20 } };
  const { country, pieces } = (await gan.sample(200, { where, seed: 1 })).columns;
  expect(country.codes.every((code) => country.vocabulary.idAt(code) === 'France')).toBe(true);
  expect(pieces.values.every((value) => value >= 20)).toBe(true);
  expect(await gan.probability({})).toBe(1);
});

test('the cross-entropy goes on teaching what the cells are', async () => {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  // So little learned that there is much to learn.
  const raw = await conditionalNetwork(table, { hidden: [16], embeddingSize: 4, epochs: 1, learningRate: 1e-9 });
  const generatorOptimizer = adam({ learningRate: 0.01 });
  const options = { start: raw, ...quick, steps: 30, generatorOptimizer, crossEntropy: 10, penalties: [] };
  const tied = await trainTableGan(table, options);
  generatorOptimizer.dispose();
  const gain = mean(await tied.logProbability(table)) - mean(await raw.logProbability(table));
  expect(gain).toBeGreaterThan(0.1);
});

test('keeps the weights that were best on rows held out', async () => {
  const validation = { table: orderLines(60, 1), every: 1 };
  const { best, history } = await trainTableGan(table, { start, ...quick, validation });
  const values = history.map((report) => report.validation!.value);
  expect(best!.value).toBe(Math.min(...values));
});

test('the same seed gives the same weights, also when the run was stopped in between', async () => {
  const whole = await trainTableGan(table, { start, ...quick, seed: 5 });
  const store = memoryStore();
  await trainTableGan(table, { start, ...quick, seed: 5, steps: 2, checkpoint: { store, everySteps: 1 } });
  const resumed = await trainTableGan(table, { start, ...quick, seed: 5, resume: { store, allow: ['steps'] } });
  expect(await resumed.logProbability(table)).toEqual(await whole.logProbability(table));
});

test('leaves no tensors, however it ends', async () => {
  await trainTableGan(table, { start, ...quick });
  const before = memory().numTensors;
  await trainTableGan(table, { start, ...quick });
  const onProgress = () => {
    throw new Error('enough');
  };
  await expect(trainTableGan(table, { start, ...quick, onProgress })).rejects.toThrow('enough');
  expect(memory().numTensors).toBe(before);
});

test('refuses what cannot train', async () => {
  const train = (options: object) => trainTableGan(table, { start, ...quick, ...options });
  await expect(train({ start: undefined })).rejects.toThrow(
    'trainTableGan: `start` must be what conditionalNetwork or trainTableGan returned',
  );
  await expect(train({ start: await independentColumns(table) })).rejects.toThrow('`start`');
  await expect(train({ steps: 0 })).rejects.toThrow('`steps` must be a positive integer');
  await expect(train({ crossEntropy: -1 })).rejects.toThrow('`crossEntropy` must be a number >= 0');
  await expect(train({ batchSize: 500 })).rejects.toThrow('`batchSize` must be at most the number of rows, 400');
  await expect(train({ hidden: [] })).rejects.toThrow('`hidden` must not be empty');
  await expect(train({ average: {} })).rejects.toThrow('`average` must be left out');
  await expect(train({ validation: { table, every: 0 } })).rejects.toThrow('`validation.every`');
  const { country: _, ...others } = table.columns;
  await expect(trainTableGan({ ...table, columns: others } as never, { start, ...quick })).rejects.toThrow(
    '`table.columns.country` must be a column of the kind',
  );
});
