import { refuse, requirePositiveInteger } from '../../internal/require.js';
import { createRng, type Rng } from '../../random/rng.js';
import { type Bandit, requireCount } from './bandit.js';
import { highest, makeBandit } from './make-bandit.js';

/** Config of {@link thompson}. */
export interface ThompsonConfig {
  /** Actions there are. */
  readonly actions: number;
  /** Successes and failures that every action is taken to have had, each above 0. Default `[1, 1]`: all rates alike. */
  readonly prior?: readonly [number, number];
  /** Draws from the posteriors behind every choice, >= 1: the finest propensity is one in so many. Default 100. */
  readonly draws?: number;
  /** Fixes the choices; any safe integer. Default 0. */
  readonly seed?: number;
}

/**
 * Thompson sampling: each action is chosen with the probability that it is the best, given what was seen.
 *
 *     rate(a) ~ Beta(prior successes + rewards, prior failures + (1 - rewards)),   probability(a) = P(rate(a) is highest)
 *
 * Rewards lie in [0, 1], such as a click or none. The probability has no closed form. It is counted over `draws` draws
 * from all posteriors, and the choice is made by those counts: so the propensity that is reported is the one that was
 * acted on, exactly, and the actions have the distribution of Thompson sampling.
 *
 * @param config - See {@link ThompsonConfig}.
 * @returns A bandit that has seen nothing.
 * @throws RangeError when a setting is out of range; its `update` for rewards outside [0, 1].
 * @see Thompson, "On the Likelihood that One Unknown Probability Exceeds Another in View of the Evidence of Two Samples" (1933)
 * @see Chapelle and Li, "An Empirical Evaluation of Thompson Sampling" (2011)
 * @example
 * const bandit = thompson({ actions: 2, seed: 1 });
 * for (let day = 0; day < 200; day += 1) bandit.update({ action: day % 2, reward: day % 2 });
 * bandit.choose(); // { action: 1, propensity: 1 }
 */
export function thompson(config: ThompsonConfig): Bandit {
  const { actions, prior = [1, 1], draws = 100, seed = 0 } = config;
  requireCount('thompson', 'actions', actions);
  requirePositiveInteger('thompson', 'draws', draws);
  for (const each of prior)
    if (!(each > 0 && Number.isFinite(each))) refuse('thompson', 'prior', 'hold positive numbers', each);
  const successes = new Float64Array(actions).fill(prior[0]);
  const failures = new Float64Array(actions).fill(prior[1]);
  return makeBandit({
    name: 'thompson',
    actions,
    rng: createRng(seed).stream('bandit'),
    numbers: { successes, failures },
    distribute: (legal, _options, out, rng) => {
      for (let draw = 0; draw < draws; draw += 1) {
        out[highest(legal, (action) => drawBeta(rng, successes[action]!, failures[action]!))]! += 1;
      }
      for (const action of legal) out[action]! /= draws;
    },
    learn: ({ action, reward }) => {
      if (!(reward >= 0 && reward <= 1)) refuse('update', 'reward', 'be a number in [0, 1]', reward);
      successes[action]! += reward;
      failures[action]! += 1 - reward;
    },
  });
}

function drawBeta(rng: Rng, alpha: number, beta: number): number {
  const first = drawGamma(rng, alpha);
  return first / (first + drawGamma(rng, beta));
}

// Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables" (2000); shapes below 1 by their power of a uniform.
function drawGamma(rng: Rng, shape: number): number {
  if (shape < 1) return drawGamma(rng, shape + 1) * (1 - rng.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = rng.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - rng.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
