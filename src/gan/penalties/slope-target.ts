import { mean, type Scalar, square, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { OptionNames } from '../../internal/options.js';
import { requireNonNegative } from '../../internal/require.js';
import type { Penalty, PenaltyContext } from './penalty.js';
import { fullPenaltyOptions, type PenaltyOptions, penaltyOptionNames } from './penalty-options.js';
import { checkFor } from './require-steady-judge.js';
import { estimatedSlopeNorms, slopeNorms } from './slope.js';

/** Options of {@link gradientPenalty} and {@link draganPenalty}. */
interface SlopeTargetOptions extends PenaltyOptions {
  /** The slope that the discriminator should have, >= 0. Default 1. */
  readonly target?: number;
}

/** The names of these options. */
export function slopeTargetNames(): OptionNames<SlopeTargetOptions> {
  return { ...penaltyOptionNames, target: true };
}

/**
 * The mean square of what the discriminator's slope differs by from a target.
 *
 * @param samplesOf - Where the slope is looked at; no gradient passes through the choice.
 */
export function slopeTarget(
  where: string,
  name: string,
  options: SlopeTargetOptions,
  samplesOf: (context: PenaltyContext) => Tensor,
): Penalty {
  const { weight, every, method, step } = fullPenaltyOptions(where, options);
  const { target = 1 } = options;
  requireNonNegative(where, 'target', target);
  const exact = method === 'exact';
  return {
    name,
    weight,
    every,
    check: checkFor(method),
    compute: (context) =>
      tidy(() => {
        const samples = samplesOf(context);
        const norms = exact ? slopeNorms(context.judge, samples) : estimatedSlopeNorms(context.judge, samples, step);
        return mean<Scalar>(square(sub(norms, target)));
      }),
  };
}
