import {
  keep,
  mean,
  type Optimizer,
  type Scalar,
  sigmoid,
  stack,
  type Tensor,
  type Tensor1D,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { keepState } from '../../nn/keep-state.js';
import { stateVariables, trainableVariables } from '../../nn/model-variables.js';
import { variableGradients } from '../../nn/variable-gradients.js';
import type { AdversarialLoss } from '../losses/adversarial-loss.js';

/** A network in training: what it computes, what its own updates change, and what it tracks by itself. */
export interface Player {
  readonly model: LayersModel;
  readonly optimizer: Optimizer;
  readonly trained: Variable[];
  readonly state: readonly Variable[];
}

/** Lists a network's variables once, before training. */
export function createPlayer(model: LayersModel, optimizer: Optimizer): Player {
  return { model, optimizer, trained: trainableVariables(model), state: stateVariables(model) };
}

/**
 * One update of the discriminator on a real batch and as many fakes; the generator stays as it is, its batch
 * statistics included.
 *
 * @returns `[3]`: the loss, mean D(x), mean D(G(z)), all before the update. The caller disposes it.
 */
export function discriminatorStep(
  discriminator: Player,
  generator: Player,
  loss: AdversarialLoss,
  real: Tensor,
  noise: Tensor,
): Tensor1D {
  return tidy(() => {
    // Computed outside the differentiated function, so no gradient reaches the generator.
    const fake = keepState(generator.state, () => forward(generator, noise));
    // Kept, because tfjs frees what a differentiated function makes besides its result.
    const scores: Tensor[] = [];
    try {
      const { value, grads } = variableGradients(() => {
        const realLogits = forward(discriminator, real);
        const fakeLogits = forward(discriminator, fake);
        for (const logits of [realLogits, fakeLogits]) scores.push(keep(mean(sigmoid(logits))));
        return loss.discriminator(realLogits, fakeLogits);
      }, discriminator.trained);
      discriminator.optimizer.applyGradients(grads);
      return stack([value, ...scores]) as Tensor1D;
    } finally {
      for (const score of scores) score.dispose();
    }
  });
}

/**
 * One update of the generator; the discriminator stays as it is, its batch statistics included.
 *
 * @returns Scalar, the loss before the update. The caller disposes it.
 */
export function generatorStep(
  generator: Player,
  discriminator: Player,
  loss: AdversarialLoss,
  real: Tensor,
  noise: Tensor,
): Scalar {
  return tidy(() => {
    // Only losses that compare fakes with real samples pay for this pass; they declare a second parameter.
    const compares = loss.generator.length > 1;
    const judge = (samples: Tensor) => keepState(discriminator.state, () => forward(discriminator, samples));
    const realLogits = compares ? judge(real) : undefined;
    const { value, grads } = variableGradients(() => {
      const fakeLogits = judge(forward(generator, noise));
      return loss.generator(fakeLogits, realLogits ?? fakeLogits);
    }, generator.trained);
    generator.optimizer.applyGradients(grads);
    return value;
  });
}

function forward({ model }: Player, samples: Tensor): Tensor {
  return model.apply(samples, { training: true }) as Tensor;
}
