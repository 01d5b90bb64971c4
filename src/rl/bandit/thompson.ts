import { requireOptions } from '../../internal/options.js';
import { refuse, requireBetween, requirePositiveInteger, requireSeed } from '../../internal/require.js';
import { drawLogGamma } from '../../random/gamma.js';
import { createRng, type Rng } from '../../random/rng.js';
import type { Bandit } from './bandit.js';
import { makeBandit } from './make-bandit.js';

const mostDraws = 1_000_000;

/**
 * Thompson sampling: each action is chosen with the probability that it is the best, given what was seen.
 *
 *     rate(a) ~ Beta(prior successes + rewards, prior failures + (1 - rewards)),   probability(a) = P(rate(a) is highest)
 *
 * Rewards lie in [0, 1], such as a click or none. The probability has no closed form. It is counted over `draws` draws
 * from all posteriors, and the choice is made by those counts: so the propensity that is reported is the one that was
 * acted on, exactly, and the actions have the distribution of Thompson sampling.
 *
 * @param config - How many actions there are, and how to choose among them.
 * @returns A bandit that has seen nothing.
 * @throws RangeError when a setting is out of range; its `update` for rewards outside [0, 1].
 * @see Thompson, "On the Likelihood that One Unknown Probability Exceeds Another in View of the Evidence of Two Samples" (1933)
 * @see Chapelle and Li, "An Empirical Evaluation of Thompson Sampling" (2011)
 * @example
 * const bandit = thompsonBandit({ actions: 2, seed: 1 });
 * for (let day = 0; day < 200; day += 1) bandit.update({ action: day % 2, reward: day % 2 });
 * bandit.choose(); // { action: 1, propensity: 1 }
 */
export function thompsonBandit(config: {
  /** Actions there are. */
  readonly actions: number;
  /** Successes and failures that every action is taken to have had, each in [1e-300, 1e300). Default `[1, 1]`: all rates alike. */
  readonly prior?: readonly [number, number];
  /** Draws from the posteriors behind every choice, 1 to 1,000,000: the finest propensity is one in so many. Default 100. */
  readonly draws?: number;
  /** Fixes the choices; any safe integer. Default 0. */
  readonly seed?: number;
}): Bandit {
  requireOptions('thompsonBandit', config, { actions: true, prior: true, draws: true, seed: true }, 'config');
  const { actions, prior = [1, 1], draws = 100, seed = 0 } = config ?? {};
  requirePositiveInteger('thompsonBandit', 'actions', actions);
  requirePositiveInteger('thompsonBandit', 'draws', draws);
  if (draws > mostDraws) refuse('thompsonBandit', 'draws', `be at most ${mostDraws}`, draws);
  if (!Array.isArray(prior) || prior.length !== 2) refuse('thompsonBandit', 'prior', 'be two numbers', prior);
  for (const each of prior) requireBetween('thompsonBandit', 'prior', each, 1e-300, 1e300);
  requireSeed('thompsonBandit', seed);
  const successes = new Float64Array(actions).fill(prior[0]);
  const failures = new Float64Array(actions).fill(prior[1]);
  return makeBandit({
    name: 'thompson',
    actions,
    rng: createRng(seed).stream('bandit'),
    numbers: { successes, failures },
    requireNumber: (_, value) => value > 0,
    distribute: (legal, _options, out, rng) => {
      for (let draw = 0; draw < draws; draw += 1) {
        const best = drawBest(legal, rng, (action) => drawLogOdds(rng, successes[action]!, failures[action]!));
        out[best]! += 1;
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

// The log-odds of a rate, which stay apart where rates round to 0 or 1.
function drawLogOdds(rng: Rng, alpha: number, beta: number): number {
  return drawLogGamma(rng, alpha) - drawLogGamma(rng, beta);
}

// Of equals any: rates with a large prior may not differ in a double.
function drawBest(legal: readonly number[], rng: Rng, draw: (action: number) => number): number {
  let [best, most, equals] = [legal[0]!, Number.NEGATIVE_INFINITY, 0];
  for (const action of legal) {
    const each = draw(action);
    if (each > most) [best, most, equals] = [action, each, 1];
    else if (each === most) {
      equals += 1;
      if (rng.integer(equals) === 0) best = action;
    }
  }
  return best;
}
