import { requireOptions } from '../../internal/options.js';
import {
  refuse,
  requireBetween,
  requireEach,
  requireLength,
  requireNonNegative,
  requirePositiveInteger,
  requireProbability,
  requireSeed,
} from '../../internal/require.js';
import { createRng } from '../../random/rng.js';
import type { Bandit } from './bandit.js';
import { makeBandit, mostlyBest } from './make-bandit.js';

/**
 * LinUCB: a linear model of the reward for each action, and the action that could be best for this context.
 *
 *     score(a) = weights(a) · x + alpha sqrt(x' inverse(a) x),   weights(a) = inverse(a) b(a),
 *     inverse(a) = (ridge I + sum of x x')^-1,   b(a) = sum of reward x
 *
 * with disjoint models, equals chosen alike, and the inverse kept up to date by the rank-one formula.
 *
 * @param config - How many actions there are, and how to choose among them.
 * @returns A bandit that has seen nothing.
 * @throws RangeError when a setting is out of range; its `choose` and `update` for a context of another size.
 * @see Li et al., "A Contextual-Bandit Approach to Personalized News Article Recommendation" (2010), https://arxiv.org/abs/1003.0146, algorithm 1
 * @example
 * const bandit = linUcbBandit({ actions: 2, contextSize: 2, alpha: 0.1 });
 * for (let visit = 0; visit < 50; visit += 1) {
 *   const context = [1, visit % 2];
 *   // Action 1 is for customers with a 1, action 0 for the others.
 *   for (const action of [0, 1]) bandit.update({ action, reward: action === visit % 2 ? 1 : 0, context });
 * }
 * bandit.choose({ context: [1, 1] }); // { action: 1, propensity: 1 }
 */
export function linUcbBandit(config: {
  /** Actions there are. */
  readonly actions: number;
  /** Numbers in a context; give it a constant 1 for an intercept. */
  readonly contextSize: number;
  /** How many standard deviations of hope an action gets, >= 0. Default 1. */
  readonly alpha?: number;
  /** Strength of the pull of all weights to 0, in [1e-100, 1e100). Default 1. */
  readonly ridge?: number;
  /**
   * Chance of any action instead of the most hopeful, in [0, 1]. Default 0, as in the paper: but among equals every
   * propensity is then 1, and the log cannot judge other policies.
   */
  readonly epsilon?: number;
  /** Fixes the choices; any safe integer. Default 0. */
  readonly seed?: number;
}): Bandit {
  const where = 'linUcbBandit';
  requireOptions(
    where,
    config,
    { actions: true, contextSize: true, alpha: true, ridge: true, epsilon: true, seed: true },
    'config',
  );
  const { actions, contextSize: size, alpha = 1, ridge = 1, epsilon = 0, seed = 0 } = config ?? {};
  requirePositiveInteger(where, 'actions', actions);
  requirePositiveInteger(where, 'contextSize', size);
  if (actions * size * size > 2 ** 27) refuse(where, 'contextSize', 'leave 1 GB or less for all actions', size);
  requireNonNegative(where, 'alpha', alpha);
  requireBetween(where, 'ridge', ridge, 1e-100, 1e100);
  requireSeed(where, seed);
  requireProbability(where, 'epsilon', epsilon);
  const inverses = new Float64Array(actions * size * size);
  for (let at = 0; at < actions * size; at += 1) inverses[at * size + (at % size)] = 1 / ridge;
  const sums = new Float64Array(actions * size);
  const inverseOf = (action: number) => inverses.subarray(action * size * size, (action + 1) * size * size);
  const score = (action: number, context: ArrayLike<number>): number => {
    const spread = times(inverseOf(action), context);
    // b' inverse x is weights · x, because the inverse is symmetric.
    const mean = dot(spread, sums.subarray(action * size, (action + 1) * size));
    return mean + alpha * Math.sqrt(Math.max(0, dot(spread, context)));
  };
  return makeBandit({
    name: 'linucb',
    actions,
    rng: createRng(seed).stream('bandit'),
    numbers: { inverses, sums },
    distribute: (legal, { context }, out) => {
      const known = requireContext('choose', context, size);
      mostlyBest(legal, (action) => requireScore(score(action, known), known), epsilon, out);
    },
    learn: ({ action, reward, context }) => {
      const known = requireContext('update', context, size);
      const inverse = inverseOf(action);
      const moved = withOuter(inverse, known);
      const sum = Float64Array.from({ length: size }, (_, at) => sums[action * size + at]! + reward * known[at]!);
      // All is looked at before anything is changed: one infinite number would spoil every score to come.
      if (!moved?.every(Number.isFinite)) refuse('update', 'context', 'have squares that are finite', known);
      if (!sum.every(Number.isFinite)) refuse('update', 'reward', 'stay finite times the context, in sum', reward);
      inverse.set(moved);
      sums.set(sum, action * size);
    },
  });
}

// Sherman and Morrison: (A + x x')^-1 = A^-1 - (A^-1 x)(A^-1 x)' / (1 + x' A^-1 x).
// Undefined where that is infinite.
function withOuter(inverse: Float64Array, x: ArrayLike<number>): Float64Array | undefined {
  const spread = times(inverse, x);
  const scale = 1 + dot(spread, x);
  const size = spread.length;
  if (!Number.isFinite(scale)) return undefined;
  return inverse.map((each, at) => each - (spread[Math.floor(at / size)]! / scale) * spread[at % size]!);
}

function requireScore(score: number, context: ArrayLike<number>): number {
  if (!Number.isFinite(score)) refuse('choose', 'context', 'have squares that are finite', context);
  return score;
}

function times(matrix: Float64Array, x: ArrayLike<number>): Float64Array {
  const size = x.length;
  return Float64Array.from({ length: size }, (_, row) => dot(matrix.subarray(row * size, (row + 1) * size), x));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += a[index]! * b[index]!;
  return sum;
}

function requireContext(where: string, context: ArrayLike<number> | undefined, size: number): ArrayLike<number> {
  requireLength(where, 'context', context, size);
  requireEach(where, 'context', context, Number.isFinite, 'be a finite number');
  return context;
}
