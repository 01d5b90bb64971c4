import { type OptionNames, requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { refuse } from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import { type InstantPolicy, type Policy, requirePolicy } from '../acting/policy.js';
import { type DecisionModel, requireModel } from './decision-model.js';
import { writePolicy } from './evaluate-policy.js';
import { statePolicy } from './state-policy.js';
import { hasEnds, isEnd, type TransitionTable } from './transition-table.js';
import { UnsolvedModelError } from './unsolved-model-error.js';
import { writeModel } from './write-model.js';

/** The best that can be done in episodes that end. */
export interface EpisodeSolution<P extends Policy = InstantPolicy> {
  /** Mean sum of rewards from the start to the end. */
  readonly expectedReturn: number;
  /**
   * The policy that was given, or one that acts optimally in every state that can be reached from the start, and anywhere
   * else as in the nearest of these (least sum of absolute differences).
   */
  readonly policy: P;
  /** How many states can be reached. */
  readonly states: number;
}

/** Options of {@link solveEpisodes}. */
export interface SolveEpisodesOptions<P extends Policy = Policy> {
  /** The world, such as a {@link pricingModel} with stock. */
  readonly model: DecisionModel;
  /** Evaluates this policy instead of finding the best one. */
  readonly policy?: P;
  /** Stops the work: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
}

const optionNames: OptionNames<SolveEpisodesOptions> = { model: true, policy: true, signal: true };

/**
 * Solves a small model exactly whose episodes end: in a state that nothing leaves and that earns nothing.
 *
 *     value(s) = max over legal a of E[reward + value(next state)]
 *
 * @returns The expected return and the policy.
 * @throws RangeError when the model's probabilities do not sum to 1, a reward is not finite, a state has no legal action, or
 *   no episode ends; when the policy takes an illegal action.
 * @throws UnsolvedModelError when it is too large, or values go on changing: some way of acting never ends.
 * @see Puterman, "Markov Decision Processes: Discrete Stochastic Dynamic Programming" (1994)
 * @example
 * const season = { prices: [8, 12], demand: (price: number) => 20 / price, stock: 3, horizon: 2 };
 * const { expectedReturn, policy } = await solveEpisodes({ model: pricingModel(season) });
 * expectedReturn; // 29.4836
 * policy.act([3, 2]); // 1
 */
export async function solveEpisodes(options: SolveEpisodesOptions<never>): Promise<EpisodeSolution>;
export async function solveEpisodes<P extends Policy>(options: SolveEpisodesOptions<P>): Promise<EpisodeSolution<P>>;
export async function solveEpisodes(options: SolveEpisodesOptions): Promise<EpisodeSolution<Policy>> {
  const where = 'solveEpisodes';
  requireOptions(where, options, optionNames);
  const { model, policy, signal } = options ?? {};
  requireSignal(where, signal);
  signal?.throwIfAborted();
  requireModel(where, model);
  if (policy !== undefined) requirePolicy(where, 'policy', policy);
  return solveEpisodesOf(where, model, policy, signal);
}

/** {@link solveEpisodes} of what was checked, in the name of the function that was called. */
export async function solveEpisodesOf(
  where: string,
  model: DecisionModel,
  policy: Policy | undefined,
  signal: AbortSignal | undefined,
): Promise<EpisodeSolution<Policy>> {
  // At least once: many short calls in a row would otherwise hold the event loop.
  await createPause(0, signal)();
  const pause = createPause(8, signal);
  const table = policy ? await writePolicy(where, model, policy, pause) : await writeModel(where, model, pause);
  if (!hasEnds(table) && !isEnd(table, 0))
    refuse(where, 'model', 'have episodes that end', 'no state that nothing leaves');
  const { values, choices } = await sweepBackward(where, table, pause);
  return {
    expectedReturn: values[0]!,
    states: table.states.count(),
    policy: policy ?? statePolicy(table, choices, model.start.length),
  };
}

// So many states are swept without a pause.
const stretch = 16;

async function sweepBackward(where: string, table: TransitionTable, pause: () => Promise<void>) {
  const values = new Float64Array(table.firstChoice.length - 1);
  const choices = new Int32Array(values.length);
  for (let sweep = 0; sweep < 10_000; sweep += 1) {
    let change = 0;
    // States were met from the start on: the last first, nearly every value is right at once.
    for (let state = values.length - 1; state >= 0; state -= 1) {
      change = Math.max(change, improveState(table, values, choices, state));
      if (state % stretch === 0) await pause();
    }
    if (change <= 1e-12) return { values, choices };
  }
  throw new UnsolvedModelError(where, 'bounds', 'have episodes that end', 'values that go on changing');
}

function improveState(table: TransitionTable, values: Float64Array, choices: Int32Array, state: number): number {
  const { firstChoice, firstFollower, followers, probabilities, rewards } = table;
  let best = Number.NEGATIVE_INFINITY;
  for (let choice = firstChoice[state]!; choice < firstChoice[state + 1]!; choice += 1) {
    let value = rewards[choice]!;
    for (let place = firstFollower[choice]!; place < firstFollower[choice + 1]!; place += 1) {
      value += probabilities[place]! * values[followers[place]!]!;
    }
    if (value > best) {
      best = value;
      choices[state] = choice;
    }
  }
  const change = Math.abs(best - values[state]!) / Math.max(1, Math.abs(best));
  values[state] = best;
  return change;
}
