import {
  add,
  clone,
  concat,
  keep,
  mean,
  mul,
  reshape,
  type Scalar,
  sigmoid,
  type Tensor,
  type Tensor1D,
  tidy,
} from '@tensorflow/tfjs-core';
import { requireScalar } from '../../../internal/require-tensor.js';
import { keepState } from '../../../nn/gradients/keep-state.js';
import type { Rng } from '../../../random/rng.js';
import type { AdversarialLoss } from '../../losses/adversarial-loss.js';
import type { Penalty } from '../../penalties/penalty.js';
import { forward, type Player, updatePlayer } from './gan-player.js';

/** The two networks and what both of their updates go by. */
export interface Rules {
  /** Function that the user called, for messages. */
  readonly where: string;
  readonly generator: Player;
  readonly discriminator: Player;
  readonly loss: AdversarialLoss;
  /** What the discriminator is shown of samples: augmented, packed, or the samples themselves. */
  see(samples: Tensor): Tensor;
  /** The stream of penalties. */
  readonly rng: Rng;
}

/** A real batch, noise for as many fakes, and the conditions of both, if there are any. */
export interface Round {
  readonly real: Tensor;
  readonly noise: Tensor;
  readonly conditions?: Tensor;
}

/** An update of the discriminator on real batches, with the penalties that are due. */
export type Judgement = (rules: Rules, rounds: readonly Round[], due: readonly Penalty[]) => Tensor1D;

/**
 * One update of the discriminator on real batches and as many fakes; the generator stays as it is, its batch statistics
 * included.
 *
 * @param penalties - Those that this update counts.
 * @returns `[3 + P]`: the loss without penalties, mean D(x), mean D(G(z)), then each penalty without its weight, all before
 *   the update and of the last round. The caller disposes it.
 */
export function discriminatorStep(
  rules: Rules,
  rounds: readonly Round[],
  penalties: readonly Penalty[] = [],
): Tensor1D {
  return tidy(() => {
    // Kept, because tfjs frees what a differentiated function makes besides its result.
    let measured: Tensor[] = [];
    const forget = () => {
      for (const each of measured) each.dispose();
      measured = [];
    };
    try {
      const losses = rounds.map((round) => {
        // Computed outside the differentiated function, so no gradient reaches the generator.
        const { generator } = rules;
        const fake = rules.see(keepState(generator.state, () => forward(generator, round.noise, round.conditions)));
        const seen = { real: rules.see(round.real), fake, conditions: round.conditions };
        return () => {
          forget();
          return judgeRound(rules, seen, penalties, (each) => measured.push(keep(clone(each))));
        };
      });
      updatePlayer(rules.discriminator, losses);
      return concat(measured.map((each) => reshape(each, [1]))) as Tensor1D;
    } finally {
      forget();
    }
  });
}

/** A round as the discriminator sees it. */
export interface SeenRound {
  readonly real: Tensor;
  readonly fake: Tensor;
  readonly conditions?: Tensor;
}

/** The discriminator's loss in a round, penalties included; `measure` gets its parts. */
export function judgeRound(
  { where, discriminator, loss, rng }: Rules,
  { real, fake, conditions }: SeenRound,
  penalties: readonly Penalty[],
  measure: (value: Tensor) => void,
): Scalar {
  const realLogits = forward(discriminator, real, conditions);
  const fakeLogits = forward(discriminator, fake, conditions);
  const value = requireScalar(where, 'loss.discriminator', loss.discriminator(realLogits, fakeLogits));
  for (const each of [value, mean(sigmoid(realLogits)), mean(sigmoid(fakeLogits))]) measure(each);
  const judge = (samples: Tensor) => keepState(discriminator.state, () => forward(discriminator, samples, conditions));
  const context = { real, fake, realLogits, fakeLogits, judge, rng };
  return penalties.reduce((total, penalty) => {
    const { name, weight, every = 1 } = penalty;
    const term = requireScalar(where, `penalties: ${name}`, penalty.compute(context));
    measure(term);
    return add<Scalar>(total, mul(term, weight * every));
  }, value);
}

/**
 * One update of the generator; the discriminator stays as it is, its batch statistics included.
 *
 * @returns Scalar, the mean loss before the update. The caller disposes it.
 */
export function generatorStep(rules: Rules, rounds: readonly Round[]): Scalar {
  const { where, generator, discriminator, loss, see } = rules;
  return tidy(() => {
    // Losses that say that they do without are spared this pass.
    const compares = loss.generator.comparesRealSamples !== false;
    const losses = rounds.map(({ real, noise, conditions }) => {
      const judge = (samples: Tensor) =>
        keepState(discriminator.state, () => forward(discriminator, see(samples), conditions));
      const realLogits = compares ? judge(real) : undefined;
      return () => {
        const fakeLogits = judge(forward(generator, noise, conditions));
        return requireScalar(where, 'loss.generator', loss.generator(fakeLogits, realLogits ?? fakeLogits));
      };
    });
    return updatePlayer(generator, losses);
  });
}
