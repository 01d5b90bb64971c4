import { createRng } from 'minimart';
import { describe, expect, test } from 'vitest';
import { createDotProductTrainer } from '../../../../src/recsys/training/learners/dot-product-learner.js';
import { type DotProductWeights, scriptTrainer } from '../../../../src/recsys/training/learners/dot-product-pass.js';
import { createWasmDotProduct } from '../../../../src/recsys/training/learners/wasm-dot-product.js';

const userCount = 5;
const itemCount = 7;
const step = { learningRate: 0.1, regularization: 0.05 };

function startWeights(size: number): DotProductWeights {
  const rng = createRng(size);
  const normal = (count: number) => rng.fillNormal(new Float32Array(count));
  return {
    size,
    users: normal(userCount * size),
    items: normal(itemCount * size),
    userBiases: normal(userCount),
    itemBiases: normal(itemCount),
    bias: normal(1),
  };
}

function samplesOf(count: number) {
  const rng = createRng(9);
  return {
    users: Int32Array.from({ length: count }, () => rng.integer(userCount)),
    items: Int32Array.from({ length: count }, () => rng.integer(itemCount)),
    labels: Float32Array.from({ length: count }, () => rng.integer(2)),
  };
}

/** The same arithmetic in double precision, by vectors: every weight moves against its derivative and penalty. */
function reference(weights: DotProductWeights, samples: ReturnType<typeof samplesOf>) {
  const { size } = weights;
  const rows = (values: Float32Array) =>
    Array.from({ length: values.length / size }, (_, row) => Array.from(values.subarray(row * size, (row + 1) * size)));
  const [users, items] = [rows(weights.users), rows(weights.items)];
  const [userBiases, itemBiases] = [Array.from(weights.userBiases), Array.from(weights.itemBiases)];
  let bias = weights.bias[0]!;
  let loss = 0;
  samples.labels.forEach((label, sample) => {
    const [u, i] = [samples.users[sample]!, samples.items[sample]!];
    const [p, q] = [users[u]!, items[i]!];
    const score = bias + userBiases[u]! + itemBiases[i]! + p.reduce((sum, value, at) => sum + value * q[at]!, 0);
    const probability = 1 / (1 + Math.exp(-score));
    loss -= Math.log(label === 1 ? probability : 1 - probability);
    const slope = probability - label;
    const moved = (value: number, derivative: number) =>
      value - step.learningRate * (derivative + step.regularization * value);
    users[u] = p.map((value, at) => moved(value, slope * q[at]!));
    items[i] = q.map((value, at) => moved(value, slope * p[at]!));
    userBiases[u] = moved(userBiases[u]!, slope);
    itemBiases[i] = moved(itemBiases[i]!, slope);
    // The common bias pays no penalty.
    bias -= step.learningRate * slope;
  });
  return { users: users.flat(), items: items.flat(), userBiases, itemBiases, bias: [bias], loss };
}

const makers = { script: async (weights: DotProductWeights) => scriptTrainer(weights), wasm: createWasmDotProduct };

describe.each(['script', 'wasm'] as const)('a pass over samples in %s', (kind) => {
  test.each([1, 3, 4, 8, 13, 64])('moves vectors of %d and biases as the formulas say', async (size) => {
    const [weights, samples] = [startWeights(size), samplesOf(60)];
    const expected = reference(weights, samples);
    const trainer = (await makers[kind](weights, 64))!;
    const loss = trainer.pass(samples, step);
    trainer.writeBack();
    expect(Math.abs(loss / expected.loss - 1)).toBeLessThan(1e-5);
    for (const name of ['users', 'items', 'userBiases', 'itemBiases', 'bias'] as const) {
      const scale = Math.max(...expected[name].map(Math.abs));
      weights[name].forEach((value, at) => {
        expect(Math.abs(value - expected[name][at]!) / scale, `${name} ${at}`).toBeLessThan(1e-5);
      });
    }
  });

  test('goes on where the last block ended', async () => {
    const [whole, parts] = [startWeights(8), startWeights(8)];
    const samples = samplesOf(40);
    const one = (await makers[kind](whole, 40))!;
    one.pass(samples, step);
    one.writeBack();
    const two = (await makers[kind](parts, 40))!;
    for (const [start, end] of [
      [0, 15],
      [15, 40],
    ]) {
      const { users, items, labels } = samples;
      two.pass(
        { users: users.slice(start, end), items: items.slice(start, end), labels: labels.slice(start, end) },
        step,
      );
    }
    two.writeBack();
    expect(parts.users).toEqual(whole.users);
    expect(parts.items).toEqual(whole.items);
  });

  test('stays finite, with the right loss, at scores of 400', async () => {
    const weights = startWeights(4);
    weights.userBiases.fill(400);
    weights.bias.fill(0);
    const trainer = (await makers[kind](weights, 8))!;
    const right = trainer.pass({ users: Int32Array.of(0), items: Int32Array.of(0), labels: Float32Array.of(1) }, step);
    expect(right).toBeCloseTo(0, 6);
    trainer.writeBack();
    expect(weights.users.every(Number.isFinite)).toBe(true);
  });

  test('gives no number for weights that are none', async () => {
    const weights = startWeights(4);
    weights.users[1] = Number.NaN;
    const trainer = (await makers[kind](weights, 8))!;
    const samples = { users: Int32Array.of(0, 1), items: Int32Array.of(0, 1), labels: Float32Array.of(1, 0) };
    expect(trainer.pass(samples, step)).toBeNaN();
  });
});

describe('the trainer of dot products', () => {
  test('says how surprised it was: the sum of the losses of thousands of samples', async () => {
    const samples = samplesOf(5000);
    const still = { learningRate: 0, regularization: 0 };
    const [script, wasm] = [scriptTrainer(startWeights(64)), (await createWasmDotProduct(startWeights(64), 5000))!];
    const expected = script.pass(samples, still);
    expect(Math.abs(wasm.pass(samples, still) / expected - 1)).toBeLessThan(1e-5);
  });

  test('works without WebAssembly', async () => {
    const kept = globalThis.WebAssembly;
    const weights = startWeights(8);
    try {
      Reflect.deleteProperty(globalThis, 'WebAssembly');
      const trainer = await createDotProductTrainer(weights, 60);
      const expected = reference(weights, samplesOf(60));
      expect(Math.abs(trainer.pass(samplesOf(60), step) / expected.loss - 1)).toBeLessThan(1e-5);
    } finally {
      globalThis.WebAssembly = kept;
    }
  });
});
