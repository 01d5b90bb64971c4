import type { InstantPolicy } from '../policy.js';
import type { DecisionModel } from './decision-model.js';
import { type SolveOptions, solveTable } from './solve-table.js';
import { createTableWriter, type TransitionTable } from './transition-table.js';

/** The best that can be done in a {@link DecisionModel}. */
export interface OptimalSolution {
  /** Long-run average reward per step; for an inventory, the cost is its negative. */
  readonly averageReward: number;
  /** The optimum lies between these two. */
  readonly bounds: readonly [lower: number, upper: number];
  /** Acts optimally in every state that can be reached from the start. */
  readonly policy: InstantPolicy;
  /** How many states can be reached. */
  readonly states: number;
  /** Sweeps over all states and actions that it took. */
  readonly sweeps: number;
}

/**
 * Solves a small model exactly for the long-run average reward per step, without discounting.
 *
 *     average + value(s) = max over legal a of E[reward + value(next state)]
 *
 * It numbers the states that can be reached from the start, writes their transitions out in typed arrays, and sweeps
 * until the two bounds that each sweep gives are closer than `tolerance`.
 *
 * @param model - One in which some policy leads from any state to any other, as in stock keeping.
 * @returns The optimal average reward and a policy that reaches it.
 * @throws RangeError when the model's probabilities do not sum to 1 or a state has no legal action.
 * @throws Error when the bounds do not meet in `maxSweeps` sweeps.
 * @see Puterman, "Markov Decision Processes: Discrete Stochastic Dynamic Programming" (1994)
 * @example
 * const model = inventoryModel({ demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4 });
 * const { averageReward, states } = relativeValueIteration(model);
 * averageReward; // -4.0407
 */
export function relativeValueIteration(model: DecisionModel, options: SolveOptions = {}): OptimalSolution {
  const table = writeAll(model);
  const { gain, lower, upper, choices, sweeps } = solveTable('relativeValueIteration', table, options);
  return {
    averageReward: gain,
    bounds: [lower, upper],
    states: table.states.count(),
    sweeps,
    policy: { name: 'optimal', act: (observation) => table.actions[choices[stateOf(table, observation)]!]! },
  };
}

function writeAll(model: DecisionModel): TransitionTable {
  const writer = createTableWriter('relativeValueIteration', model);
  const state = new Int32Array(model.start.length);
  while (writer.written() < writer.states.count()) {
    const mask = model.actionMask(writer.states.read(writer.written(), state));
    writer.write(legalActions(mask));
  }
  return writer.finish();
}

function* legalActions(mask: Uint8Array): Iterable<number> {
  for (let action = 0; action < mask.length; action += 1) if (mask[action]) yield action;
}

function stateOf({ states }: TransitionTable, observation: ArrayLike<number>): number {
  const found = states.find(observation);
  if (found >= 0) return found;
  throw new RangeError(
    `act: \`observation\` must be a state of the model, received [${Array.from(observation)}] (array).`,
  );
}
