import { add, mul, type Scalar, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { AdversarialLoss, GeneratorLoss } from '../../gan/losses/adversarial-loss.js';
import { trainableVariables } from '../../nn/models/model-variables.js';
import { createRng } from '../../random/rng.js';
import { maskRows } from '../network/masked-batches.js';
import { cellLoss } from '../network/network-pass.js';
import type { NetworkPlan } from '../network/network-plan.js';
import { onDevice } from '../network/network-validation.js';
import type { RowBatches } from './row-batches.js';

/** What ties a generator to the rows that it learned from. */
interface Tie {
  readonly plan: NetworkPlan;
  readonly generator: LayersModel;
  /** `[N, D]`: states of the table. */
  readonly rows: Int32Array;
  readonly batches: RowBatches;
  /** Of the cross-entropy of a row. */
  readonly weight: number;
  readonly seed: number;
}

/**
 * An adversarial loss whose generator must also go on to say what the cells of real rows are:
 *
 *     generator = loss.generator + weight * cross-entropy of hidden cells of the real batch
 */
export function tiedLoss(
  loss: AdversarialLoss,
  { plan, generator, rows, batches, weight, seed }: Tie,
): AdversarialLoss {
  const weights = trainableVariables(generator);
  // Hidden by the number of the batch, so that a run that goes on hides the same.
  const masks = () => createRng(seed).stream(`masks-${batches.count}`);
  const tied: GeneratorLoss = (fakeLogits: Tensor, realLogits: Tensor) =>
    tidy(() => {
      const hidden = onDevice(plan, maskRows(plan, rows, batches.chosen, masks()));
      return add<Scalar>(loss.generator(fakeLogits, realLogits), mul(cellLoss(plan, weights, hidden), weight));
    });
  const { comparesRealSamples } = loss.generator;
  return { ...loss, generator: Object.assign(tied, comparesRealSamples !== undefined && { comparesRealSamples }) };
}
