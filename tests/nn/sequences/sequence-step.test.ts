import { denseAdam, type EmbeddingOptimizer, lazyAdam, lazySgd } from 'minimart';
import { expect, test } from 'vitest';
import { atOnce } from '../../../src/internal/pieces.js';
import type { SasRecModel } from '../../../src/nn/sequences/sas-rec-model.js';
import { createVectorReader } from '../../../src/nn/sequences/sequence-vectors.js';
import { openSequenceStep } from '../../../src/nn/sequences/training/sequence-step.js';
import {
  torchBatch,
  torchGradients,
  torchItemGradients,
  torchLoss,
  torchModel,
  torchVectors,
} from './torch-network.js';

const settings = (optimizer: EmbeddingOptimizer) => ({ optimizer, negatives: 3, calibration: 0.75 });

function expectNear(found: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, at) => {
    expect(Math.abs(found[at]! - value), `number ${at}`).toBeLessThan(tolerance);
  });
}

test('gives the vectors that PyTorch gives', async () => {
  const reader = createVectorReader(torchModel());
  expectNear(await reader.read(torchBatch), torchVectors.flat(), 2e-6);
  // The same, one by one and beside others.
  const alone = { offsets: [0, 3], items: torchBatch.items.slice(5) };
  expectNear(await reader.read(alone), torchVectors[1]!, 2e-6);
});

test('gives the loss and the gradients that PyTorch gives', async () => {
  const model = torchModel();
  const before = torchModel();
  // Gradient descent by 1 takes off the gradient itself.
  const step = await openSequenceStep(model, settings(lazySgd({ learningRate: 1 })));
  const loss = atOnce(step.update(torchBatch, 0));
  step.dispose();
  expect(Math.abs(loss - torchLoss)).toBeLessThan(1e-6);
  const gradient = before.parameters.map((value, at) => value - model.parameters[at]!);
  expectNear(
    gradient.filter((_, at) => at % 17 === 0),
    torchGradients,
    1e-6,
  );
  expectNear(
    before.table.values.map((value, at) => value - model.table.values[at]!),
    torchItemGradients,
    1e-6,
  );
});

async function afterUpdates(optimizer: EmbeddingOptimizer, count: number): Promise<SasRecModel> {
  const model = torchModel();
  const step = await openSequenceStep(model, settings(optimizer));
  for (let update = 0; update < count; update += 1) atOnce(step.update(torchBatch, update));
  step.dispose();
  return model;
}

test('moves by Adam as its formula says', async () => {
  // The first update of Adam goes by the rate against the sign of the gradient, where that is far above epsilon.
  const before = torchModel();
  const model = await afterUpdates(denseAdam({ learningRate: 0.01 }), 1);
  torchItemGradients.forEach((gradient, at) => {
    expect(before.table.values[at]! - model.table.values[at]!).toBeCloseTo(0.01 * Math.sign(gradient), 6);
  });
});

test('moves vectors that no batch names under denseAdam alone', async () => {
  // Item 5 stands in the first batch only.
  const run = async (optimizer: EmbeddingOptimizer) => {
    const model = torchModel();
    const step = await openSequenceStep(model, settings(optimizer));
    atOnce(step.update(torchBatch, 0));
    const first = model.table.values.slice(20, 24);
    const other = {
      offsets: [0, 2],
      items: Int32Array.of(0, 1),
      targets: Int32Array.of(1, 2),
      negatives: Int32Array.of(3, 4, 6),
    };
    atOnce(step.update(other, 1));
    const second = model.table.values.slice(20, 24);
    step.dispose();
    return { first, second };
  };
  const lazy = await run(lazyAdam({ learningRate: 0.01 }));
  expect(lazy.second).toEqual(lazy.first);
  const dense = await run(denseAdam({ learningRate: 0.01 }));
  // m = 0.9 * 0.1 g, v = 0.999 * 0.001 g^2, corrected by 1 - 0.9^2 and 1 - 0.999^2: 0.09 / 0.19 over the root of 0.000999 / 0.001999.
  const moved = (0.01 * (0.09 / 0.19)) / Math.sqrt(0.000999 / 0.001999);
  dense.second.forEach((value, axis) => {
    expect(dense.first[axis]! - value).toBeCloseTo(moved * Math.sign(torchItemGradients[20 + axis]!), 6);
  });
});
