import '../../support/backends.js';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  buildDotProduct,
  buildEmbeddingMlp,
  buildGmf,
  buildTwoTower,
  createEmbeddingStep,
  createVocabulary,
  decodeSafetensors,
  type EmbeddingModel,
  encodeSafetensors,
  lazyAdagrad,
  useBackend,
} from 'minimart';
import { exportKeras, importKeras } from 'minimart/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kerasCases, rowsOf } from './keras-cases.js';

await useBackend('wasm');

// Folders that the Python package wrote (python/tests/make_references.py), and those of JavaScript that it read.
const fromKeras = fileURLToPath(new URL('./from-keras/', import.meta.url));
const toKeras = fileURLToPath(new URL('../../../python/tests/from-javascript/', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keras-'));
});
afterEach(() => rm(folder, { recursive: true }));

const numbers = async (path: string, name: string) =>
  decodeSafetensors(await readFile(path)).tensors[name]!.values as Float32Array;
const largest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const apart = (left: Float32Array, right: Float32Array) => largest(left.map((value, at) => value - right[at]!));

async function weightsOf(model: EmbeddingModel): Promise<Uint8Array[]> {
  const dense = await Promise.all(Object.values(model.variables).map((weights) => weights.data<'float32'>()));
  const all = [...Object.values(model.tables).map(({ values }) => values), ...dense];
  return all.map((values) => new Uint8Array(Float32Array.from(values).buffer));
}

describe.each(Object.keys(kerasCases))('%s', (name) => {
  test('comes back from Keras bit by bit, with moments', async () => {
    const there = await importKeras(join(toKeras, name));
    const back = await importKeras(join(fromKeras, `${name}-untouched`));
    expect(await weightsOf(back.model)).toEqual(await weightsOf(there.model));
    expect(back.state).toEqual(there.state);
    expect(back.state.updates).toBe(3);
    expect(largest(back.state.moments['item/m']!)).toBeGreaterThan(0);
    expect(back.optimizer).toEqual(there.optimizer);
    there.model.dispose();
    back.model.dispose();
  });

  test('has the losses of Keras in ten steps, and the scores of Keras after them', async () => {
    const { model, optimizer, state } = await importKeras(join(toKeras, name));
    const step = createEmbeddingStep(model, { optimizer });
    step.restore(state);
    for (let at = 0; at < 10; at += 1) await step.update(rowsOf(model, 4, 10 + at));
    const losses = await numbers(join(fromKeras, `${name}.safetensors`), 'losses');
    const own = await step.readLosses();
    expect(own).toHaveLength(10);
    for (const [at, loss] of own.entries()) expect(Math.abs(loss / losses[at]! - 1)).toBeLessThan(1e-4);
    step.dispose();
    model.dispose();
  });

  test('scores 1,000 rows as Keras does after its training', async () => {
    const { model, state } = await importKeras(join(fromKeras, `${name}-trained`));
    expect(state.updates).toBe(13);
    const scores = await model.score(rowsOf(model, 1000, 1).rows);
    const expected = await numbers(join(fromKeras, `${name}.safetensors`), 'after');
    expect(expected).toHaveLength(1000);
    expect(apart(scores, expected)).toBeLessThan(1e-5 * largest(expected));
    model.dispose();
  });
});

const features = { user: createVocabulary(['ann', 'bob']), item: createVocabulary(['tea', 'cup']) };
const small = () => buildDotProduct({ features, embeddingSize: 2 });

test.each([
  ['twoTower', () => buildTwoTower({ features }), 'kind that has a twin'],
  ['gmf', () => buildGmf({ features }), 'kind that has a twin'],
  ['dropout', () => buildEmbeddingMlp({ features, dropout: 0.5 }), 'have no dropout'],
])('a model without a twin is refused: %s', async (_, build, rule) => {
  await expect(exportKeras(join(folder, 'out'), build())).rejects.toThrow(rule);
  expect(await readdir(folder)).toEqual([]);
});

test('another optimizer, and a state that does not fit, are refused', async () => {
  const out = join(folder, 'out');
  await expect(exportKeras(out, small(), { optimizer: lazyAdagrad() })).rejects.toThrow('`optimizer` must have a twin');
  const state = { updates: 1, learningRate: 0.1, moments: {} };
  await expect(exportKeras(out, small(), { state })).rejects.toThrow("state.moments['user/m']");
});

test('a folder that is there is left alone', async () => {
  await expect(exportKeras(folder, small())).rejects.toThrow('`folder` must not be there yet');
  expect(await readdir(folder)).toEqual([]);
});

describe('a folder that is not whole, or of something else', () => {
  const change = async (file: string, by: (text: string) => string) => {
    const bad = join(folder, 'bad');
    await cp(join(toKeras, 'dotProduct'), bad, { recursive: true });
    await writeFile(join(bad, file), by(await readFile(join(bad, file), 'utf8')));
    return importKeras(bad);
  };
  test.each([
    ['no JSON', () => '{', 'hold JSON'],
    ['another version', (text: string) => text.replace('minimart keras 1', 'minimart keras 2'), 'be of the format'],
    [
      'another kind',
      (text: string) => text.replace('"dotProduct"', '"twoTower"'),
      'hold a model with a twin; it must be of a kind',
    ],
    ['another loss', (text: string) => text.replace('binaryCrossEntropy', 'mine'), "hold the loss 'binaryCross"],
    ['another optimizer', (text: string) => text.replace('"adam"', '"sgd"'), 'hold the optimizer adam'],
    ['more rows', (text: string) => text.replace('"rows":7', '"rows":8'), "hold a tensor 'table/user'"],
  ])('%s', async (_, by, rule) => {
    await expect(change('minimart.json', by)).rejects.toThrow(`importKeras: \`folder\` must ${rule.slice(0, 4)}`);
    await rm(join(folder, 'bad'), { recursive: true });
    await expect(change('minimart.json', by)).rejects.toThrow(rule);
  });

  test('weights that are not finite', async () => {
    const bad = join(folder, 'bad');
    await cp(join(toKeras, 'dotProduct'), bad, { recursive: true });
    const { tensors } = decodeSafetensors(await readFile(join(bad, 'weights.safetensors')));
    tensors['table/user']!.values[3] = Number.NaN;
    await writeFile(join(bad, 'weights.safetensors'), encodeSafetensors(tensors));
    await expect(importKeras(bad)).rejects.toThrow("hold finite numbers in 'table/user'");
  });

  test('a file that is missing', async () => {
    await cp(join(toKeras, 'dotProduct'), join(folder, 'bad'), { recursive: true });
    await rm(join(folder, 'bad', 'optimizer.safetensors'));
    await expect(importKeras(join(folder, 'bad'))).rejects.toThrow('importKeras: `folder` must be a folder');
  });
});
