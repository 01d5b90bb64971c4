import {
  bprLoss,
  buildDotProduct,
  buildEmbeddingMlp,
  createEmbeddingStep,
  createRng,
  denseAdam,
  type EmbeddingModel,
  type EmbeddingStep,
  lazyAdagrad,
  lazyAdam,
  lazySgd,
  useBackend,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { backends } from '../../../support/backends.js';
import { numbersOf } from '../reference-model.js';
import { batchLabels, batchRows, items, users } from '../small-models.js';

const features = { user: users, item: items };
const batch = { rows: { user: batchRows.user, item: batchRows.item }, labels: batchLabels };
const small = () =>
  buildEmbeddingMlp({ features, embeddingSize: 4, hidden: [6], dropout: 0.3, embeddingDeviation: 0.3 });

async function updates(step: EmbeddingStep, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await step.update(batch);
}

async function copyWeights(from: EmbeddingModel, to: EmbeddingModel): Promise<void> {
  for (const [name, table] of Object.entries(from.tables)) to.tables[name]!.values.set(table.values);
  for (const [name, variable] of Object.entries(from.variables)) to.variables[name]!.assign(variable.clone());
}

describe.each(backends)('a step on %s', (backendName) => {
  test('learns what it is shown', async () => {
    await useBackend(backendName);
    const model = buildEmbeddingMlp({ features, embeddingSize: 4, hidden: [8], seed: 1 });
    const step = createEmbeddingStep(model, { optimizer: lazyAdam({ learningRate: 0.05 }) });
    const labels = Float32Array.from(batchRows.item, (item) => Number(item % 2 === 0));
    for (let index = 0; index < 60; index += 1) await step.update({ ...batch, labels });
    const losses = await step.readLosses();
    expect(losses.length).toBe(60);
    expect(losses[0]).toBeCloseTo(Math.log(2), 2);
    expect(losses[59]).toBeLessThan(0.05);
    expect((await step.readLosses()).length).toBe(0);
    step.dispose();
    model.dispose();
  });

  test.each([denseAdam(), lazyAdam(), lazyAdagrad(), lazySgd()])(
    'resumes with the same bits: %o',
    async (optimizer) => {
      await useBackend(backendName);
      const [whole, parted] = [small(), small()];
      const steps = [whole, parted].map((model) => createEmbeddingStep(model, { optimizer, rng: createRng(3) }));
      await updates(steps[0]!, 7);
      await updates(steps[1]!, 3);
      const resumed = small();
      await copyWeights(parted, resumed);
      const saved = steps[1]!.state();
      const rng = createRng(0);
      const other = createRng(3);
      rng.restore(other.state());
      const again = createEmbeddingStep(resumed, { optimizer, rng });
      again.restore(saved);
      expect(again.state().updates).toBe(3);
      // The masks of three updates were drawn already.
      const skipped = small();
      const skipping = createEmbeddingStep(skipped, { optimizer, rng });
      await updates(skipping, 3);
      await updates(again, 4);
      const [expected, actual] = [await numbersOf(whole), await numbersOf(resumed)];
      expect(actual).toEqual(expected);
      for (const each of [...steps, again, skipping]) each.dispose();
      for (const each of [whole, parted, resumed, skipped]) each.dispose();
    },
  );

  test('takes batches of any size, one row included', async () => {
    await useBackend(backendName);
    const model = buildEmbeddingMlp({ features, embeddingSize: 5, hidden: [7, 3] });
    const step = createEmbeddingStep(model);
    for (const count of [1, 2, 8, 3]) {
      const rows = { user: batchRows.user.subarray(0, count), item: batchRows.item.subarray(0, count) };
      await step.update({ rows, labels: batchLabels.subarray(0, count) });
    }
    for (const loss of await step.readLosses()) expect(loss).toBeCloseTo(Math.log(2), 1);
    step.dispose();
    model.dispose();
  });

  test('moves by the learning rate at hand', async () => {
    await useBackend(backendName);
    const model = buildDotProduct({ features, embeddingSize: 2 });
    const step = createEmbeddingStep(model, { optimizer: lazyAdam({ learningRate: 0.5 }) });
    const before = model.tables.user!.values.slice();
    step.learningRate = 0.001;
    await step.update(batch);
    // The first step of Adam moves every number by the rate, whatever the gradient.
    const moved = Math.max(...model.tables.user!.values.map((value, at) => Math.abs(value - before[at]!)));
    expect(moved).toBeCloseTo(0.001, 5);
    step.dispose();
    model.dispose();
  });
});

test('gives the same bits for the same seed, dropout included, and others for another', async () => {
  await useBackend('wasm');
  const run = async (seed: number) => {
    const model = small();
    const step = createEmbeddingStep(model, { rng: createRng(seed) });
    await updates(step, 5);
    const values = model.tables.user!.values.slice();
    step.dispose();
    model.dispose();
    return values;
  };
  expect(await run(1)).toEqual(await run(1));
  expect(await run(1)).not.toEqual(await run(2));
});

test('says what is wrong with a batch or an option', async () => {
  await useBackend('wasm');
  const model = small();
  expect(() => createEmbeddingStep(model)).toThrow('createEmbeddingStep: `rng` must be given: the model has dropout');
  const rng = createRng(1);
  expect(() => createEmbeddingStep(model, { rng, regularization: -1 })).toThrow('`regularization`');
  const step = createEmbeddingStep(model, { rng });
  await expect(step.update({ ...batch, labels: new Float32Array(3) })).rejects.toThrow(
    '`labels` must be a Float32Array of 8',
  );
  await expect(step.update({ ...batch, groupSize: 3 })).rejects.toThrow(
    '`groupSize` must be a whole number that divides the 8',
  );
  await expect(step.update({ ...batch, rows: { user: batchRows.user } })).rejects.toThrow(
    '`item` must be an Int32Array',
  );
  const rows = { user: batchRows.user, item: Int32Array.of(0, 1, 2, 3, 4, 5, -1, 6) };
  await expect(step.update({ ...batch, rows })).rejects.toThrow('(row 6 does not), received -1');
  const ranking = createEmbeddingStep(model, { rng, loss: bprLoss() });
  await expect(ranking.update(batch)).rejects.toThrow(`at least 2 that divides the 8 rows for the loss 'bpr'`);
  expect(() => step.restore({ updates: 1, learningRate: 1, moments: {} })).toThrow("`moments['user/m']`");
  for (const each of [step, ranking]) each.dispose();
  model.dispose();
});
