import { requireOptions } from '../../internal/options.js';
import { requireFinite, requirePositiveInteger, requireProbability, requireSeed } from '../../internal/require.js';
import { createRng } from '../../random/rng.js';
import type { Bandit } from './bandit.js';
import { makeBandit, mostlyBest } from './make-bandit.js';

/**
 * The simplest bandit: the action with the best mean reward so far, and now and then any.
 *
 *     probability(a) = epsilon / number of legal actions + (1 - epsilon) [a is the best] / number of equally good ones
 *
 * @param config - How many actions there are, and how to choose among them.
 * @returns A bandit that has seen nothing.
 * @throws RangeError when a setting is out of range.
 * @see Sutton and Barto, "Reinforcement Learning: An Introduction" (2018), http://incompleteideas.net/book/the-book.html, chapter 2
 * @example
 * const bandit = epsilonGreedyBandit({ actions: 4, epsilon: 0.2, seed: 1 });
 * bandit.update({ action: 2, reward: 1 });
 * bandit.probabilities(); // Float64Array [0.05, 0.05, 0.85, 0.05]
 */
export function epsilonGreedyBandit(config: {
  /** Actions there are. */
  readonly actions: number;
  /** Chance of any action instead of the best, in [0, 1]. Default 0.1. */
  readonly epsilon?: number;
  /** Mean reward that an action is taken to have before it was tried. Default 0. */
  readonly initialReward?: number;
  /** Fixes the choices; any safe integer. Default 0. */
  readonly seed?: number;
}): Bandit {
  requireOptions(
    'epsilonGreedyBandit',
    config,
    { actions: true, epsilon: true, initialReward: true, seed: true },
    'config',
  );
  const { actions, epsilon = 0.1, initialReward = 0, seed = 0 } = config ?? {};
  requirePositiveInteger('epsilonGreedyBandit', 'actions', actions);
  requireProbability('epsilonGreedyBandit', 'epsilon', epsilon);
  requireFinite('epsilonGreedyBandit', 'initialReward', initialReward);
  requireSeed('epsilonGreedyBandit', seed);
  const counts = new Float64Array(actions);
  const means = new Float64Array(actions).fill(initialReward);
  return makeBandit({
    name: 'epsilon-greedy',
    actions,
    rng: createRng(seed).stream('bandit'),
    numbers: { counts, means },
    requireNumber: (name, value) => name === 'means' || (Number.isInteger(value) && value >= 0),
    distribute: (legal, _options, out) => mostlyBest(legal, (action) => means[action]!, epsilon, out),
    learn: ({ action, reward }) => {
      counts[action]! += 1;
      // Two quotients: the difference of two large rewards may be infinite.
      means[action]! += reward / counts[action]! - means[action]! / counts[action]!;
    },
  });
}
