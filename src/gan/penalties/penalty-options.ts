import type { OptionNames } from '../../internal/options.js';
import { requireNonNegative, requireOneOf, requirePositive, requirePositiveInteger } from '../../internal/require.js';

/** Options of every penalty on the slope of the discriminator. */
export interface PenaltyOptions {
  /** Factor of the term, >= 0; 0 switches it off. Default 10. */
  readonly weight?: number;
  /** Computes the term at every so many discriminator updates only, `every` times as strong. Default 1. */
  readonly every?: number;
  /**
   * `'exact'` takes the gradient of a gradient, which every layer of the discriminator must allow (`checkSecondOrder` tells).
   * `'finiteDifferences'` compares logits at points that lie close together; it works with any layer, but not with dropout,
   * which draws anew for every judgement and would drown the difference. Default `'exact'`.
   */
  readonly method?: 'exact' | 'finiteDifferences';
  /**
   * How far apart the points of finite differences lie, in units of the samples' values, > 0; for {@link r1Penalty} and {@link r2Penalty}
   * in every component, for the others along a line. Smaller steps follow curves better. But where the discriminator has
   * kinks (relu, leaky relu) its slope jumps, and the gradient by the weights scatters the more the smaller the step.
   * Default 0.1.
   */
  readonly step?: number;
}

/** The names of the options that every penalty on a slope has. */
export const penaltyOptionNames: OptionNames<PenaltyOptions> = { weight: true, every: true, method: true, step: true };

/** The options with their defaults. */
export type FullPenaltyOptions = Required<PenaltyOptions>;

/** Checks the options and fills in defaults. */
export function fullPenaltyOptions(where: string, options: PenaltyOptions): FullPenaltyOptions {
  const { weight = 10, every = 1, method = 'exact', step = 0.1 } = options;
  requireNonNegative(where, 'weight', weight);
  requirePositiveInteger(where, 'every', every);
  requireOneOf(where, 'method', ['exact', 'finiteDifferences'], method);
  requirePositive(where, 'step', step);
  return { weight, every, method, step };
}
