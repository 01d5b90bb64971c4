import { add, mul, type Scalar, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { AdversarialLoss, GeneratorLoss } from '../../gan/losses/adversarial-loss.js';
import { trainableVariables } from '../../nn/models/model-variables.js';
import type { MaskedBatch } from '../network/masked-batches.js';
import { cellLoss } from '../network/network-pass.js';
import type { NetworkPlan } from '../network/network-plan.js';
import { onDevice } from '../network/network-validation.js';

/** What ties a generator to rows. */
interface Tie {
  readonly plan: NetworkPlan;
  readonly generator: LayersModel;
  /** The rows of an update, with cells that are hidden: the same ones for a run that goes on. */
  masked(): MaskedBatch;
  /** Of the cross-entropy of a row. */
  readonly weight: number;
}

/**
 * An adversarial loss whose generator must also go on to say what the cells of rows are:
 *
 *     generator = loss.generator + weight * cross-entropy of hidden cells of a batch
 */
export function tiedLoss(loss: AdversarialLoss, { plan, generator, masked, weight }: Tie): AdversarialLoss {
  const weights = trainableVariables(generator);
  const tied: GeneratorLoss = (fakeLogits: Tensor, realLogits: Tensor) =>
    tidy(() => {
      const hidden = onDevice(plan, masked());
      return add<Scalar>(loss.generator(fakeLogits, realLogits), mul(cellLoss(plan, weights, hidden), weight));
    });
  const { comparesRealSamples } = loss.generator;
  return { ...loss, generator: Object.assign(tied, comparesRealSamples !== undefined && { comparesRealSamples }) };
}
