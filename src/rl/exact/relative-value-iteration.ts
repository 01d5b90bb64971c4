import { createPause } from '../../internal/pause.js';
import { refuse } from '../../internal/require.js';
import { type DecisionModel, requireModel } from './decision-model.js';
import {
  type OptimalSolution,
  requireSolveOptions,
  type SolveLimits,
  type SolveOptions,
  solveTable,
} from './solve-table.js';
import { statePolicy } from './state-policy.js';
import { hasEnds, type TableLimits } from './transition-table.js';
import { writeModel } from './write-model.js';

/**
 * Solves a small model exactly for the long-run average reward per step, without discounting.
 *
 *     average + value(s) = max over legal a of E[reward + value(next state)]
 *
 * It numbers the states that can be reached from the start, writes their transitions out in typed arrays, and sweeps
 * until the two bounds that each sweep gives are closer than `tolerance`.
 *
 * @param options - `model`: one in which some policy leads from any state to any other, as in stock keeping; and when to stop.
 * @returns The optimal average reward and a policy that reaches it.
 * @throws RangeError when the model's probabilities do not sum to 1, a reward is not finite, a state has no legal action,
 *   or the model has episodes that end ({@link solveEpisodes} solves those).
 * @throws UnsolvedModelError when it is too large, or the bounds do not meet in `maxSweeps` sweeps.
 * @see Puterman, "Markov Decision Processes: Discrete Stochastic Dynamic Programming" (1994)
 * @example
 * const model = inventoryModel({ demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4 });
 * const { averageReward, states } = await relativeValueIteration({ model });
 * averageReward; // -4.0407
 */
export async function relativeValueIteration(options: SolveOptions): Promise<OptimalSolution> {
  requireSolveOptions('relativeValueIteration', options, {});
  return solveModel('relativeValueIteration', options?.model, options ?? {});
}

/** As {@link relativeValueIteration}, in the name of the function that was called and with limits of its own. */
export async function solveModel(
  where: string,
  model: DecisionModel,
  options: SolveLimits,
  limits?: TableLimits,
): Promise<OptimalSolution> {
  requireModel(where, model);
  // At least once: many short calls in a row would otherwise hold the event loop.
  await createPause(0, options.signal)();
  const pause = createPause(8, options.signal);
  const table = await writeModel(where, model, pause, limits);
  if (hasEnds(table)) refuse(where, 'model', 'go on for ever', 'episodes that end, which solveEpisodes solves');
  const { gain, lower, upper, choices, sweeps } = await solveTable(where, table, options, pause);
  return {
    averageReward: gain,
    bounds: [lower, upper],
    states: table.states.count(),
    sweeps,
    policy: statePolicy(table, choices, model.start.length),
  };
}
