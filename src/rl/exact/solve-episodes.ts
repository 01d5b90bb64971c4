import type { InstantPolicy } from '../policy.js';
import type { DecisionModel } from './decision-model.js';
import { createTableWriter, type TransitionTable } from './transition-table.js';

/** The best that can be done in episodes that end. */
export interface EpisodeSolution {
  /** Mean sum of rewards from the start to the end. */
  readonly expectedReturn: number;
  /** Acts optimally in every state that can be reached from the start. */
  readonly policy: InstantPolicy;
  /** How many states can be reached. */
  readonly states: number;
}

/**
 * Solves a small model exactly whose episodes end: in a state that nothing leaves and that earns nothing.
 *
 *     value(s) = max over legal a of E[reward + value(next state)]
 *
 * @param model - The world, such as a {@link pricingModel} with stock.
 * @param policy - Evaluates this policy instead of finding the best one.
 * @returns The expected return and the policy.
 * @throws RangeError when the model's probabilities do not sum to 1 or a state has no legal action.
 * @throws Error when values go on changing: some way of acting never ends.
 * @see Puterman, "Markov Decision Processes: Discrete Stochastic Dynamic Programming" (1994)
 * @example
 * const season = { prices: [8, 12], demand: (price: number) => 20 / price, stock: 3, horizon: 2 };
 * const { expectedReturn, policy } = solveEpisodes(pricingModel(season));
 * expectedReturn; // 29.4836
 * policy.act([3, 2]); // 1
 */
export function solveEpisodes(model: DecisionModel, policy?: InstantPolicy): EpisodeSolution {
  const table = writeTable(model, policy);
  const values = new Float64Array(table.firstChoice.length - 1);
  const choices = new Int32Array(values.length);
  let sweeps = 0;
  while (improveBackward(table, values, choices) > 1e-12) {
    sweeps += 1;
    if (sweeps > 10_000)
      throw new Error('solveEpisodes: `model` must have episodes that end, received values that grow.');
  }
  return {
    expectedReturn: values[0]!,
    states: table.states.count(),
    policy: policy ?? {
      name: 'optimal',
      act: (observation) => {
        const state = table.states.find(observation);
        if (state >= 0) return table.actions[choices[state]!]!;
        const received = `[${Array.from(observation)}] (array)`;
        throw new RangeError(`act: \`observation\` must be a state of the model, received ${received}.`);
      },
    },
  };
}

function writeTable(model: DecisionModel, policy: InstantPolicy | undefined): TransitionTable {
  const writer = createTableWriter('solveEpisodes', model);
  const state = new Int32Array(model.start.length);
  while (writer.written() < writer.states.count()) {
    const mask = model.actionMask(writer.states.read(writer.written(), state));
    writer.write(policy ? [policy.act(state, mask)] : [...mask.keys()].filter((action) => mask[action] === 1));
  }
  return writer.finish();
}

// States were met from the start on: the last first, nearly every value is right at once.
function improveBackward(table: TransitionTable, values: Float64Array, choices: Int32Array): number {
  const { firstChoice, firstFollower, followers, probabilities, rewards } = table;
  let change = 0;
  for (let state = values.length - 1; state >= 0; state -= 1) {
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
    change = Math.max(change, Math.abs(best - values[state]!) / Math.max(1, Math.abs(best)));
    values[state] = best;
  }
  return change;
}
