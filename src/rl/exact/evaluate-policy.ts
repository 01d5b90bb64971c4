import { refuse } from '../../internal/require.js';
import type { InstantPolicy, Policy } from '../policy.js';
import type { DecisionModel } from './decision-model.js';
import { type SolveOptions, solveTable } from './solve-table.js';
import { createTableWriter, type TableWriter } from './transition-table.js';

/** What a policy earns in the long run in a {@link DecisionModel}. */
export interface PolicyEvaluation {
  /** Long-run average reward per step; for an inventory, the cost is its negative. */
  readonly averageReward: number;
  /** It lies between these two. */
  readonly bounds: readonly [lower: number, upper: number];
  /** How many states the policy can reach from the start. */
  readonly states: number;
}

/**
 * Computes what a policy earns per step in the long run, exactly: not by simulation, but from the transitions of all
 * states that it can reach.
 *
 * @param model - The world.
 * @param policy - Classic, learned or optimal; asked once in every state it can reach, many at once where it can.
 * @returns The average reward, between bounds `tolerance` apart.
 * @throws RangeError when the policy takes an illegal action.
 * @throws Error when the bounds do not meet, as when where it starts decides where it stays.
 * @example
 * const model = inventoryModel({ demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4, maxOrder: 12 });
 * const { averageReward } = await evaluatePolicy(model, baseStockPolicy({ level: 12 }));
 * averageReward; // -4.1628
 */
export async function evaluatePolicy(
  model: DecisionModel,
  policy: Policy,
  options: SolveOptions = {},
): Promise<PolicyEvaluation> {
  const writer = createTableWriter('evaluatePolicy', model);
  while (writer.written() < writer.states.count()) {
    const actions = await askAll(model, policy, writer);
    const masks = masksOf(model, writer, actions.length);
    for (let place = 0; place < actions.length; place += 1) {
      writer.write([requireLegal(policy, actions[place]!, masks[place]!)]);
    }
  }
  return settle(writer, options);
}

/** As {@link evaluatePolicy}, for policies that answer at once. */
export function evaluateInstantly(
  model: DecisionModel,
  policy: InstantPolicy,
  options: SolveOptions = {},
): PolicyEvaluation {
  const writer = createTableWriter('evaluatePolicy', model);
  const state = new Int32Array(model.start.length);
  while (writer.written() < writer.states.count()) {
    const mask = model.actionMask(writer.states.read(writer.written(), state));
    writer.write([requireLegal(policy, policy.act(state, mask), mask)]);
  }
  return settle(writer, options);
}

function settle(writer: TableWriter, options: SolveOptions): PolicyEvaluation {
  const { gain, lower, upper } = solveTable('evaluatePolicy', writer.finish(), options);
  return { averageReward: gain, bounds: [lower, upper], states: writer.states.count() };
}

// The states that wait for their choice, at most 4,096 of them at once.
async function askAll(model: DecisionModel, policy: Policy, writer: TableWriter): Promise<ArrayLike<number>> {
  const size = model.start.length;
  const count = Math.min(4096, writer.states.count() - writer.written());
  const masks = masksOf(model, writer, count);
  const observations = new Float32Array(count * size);
  const state = new Int32Array(size);
  for (let place = 0; place < count; place += 1) {
    observations.set(writer.states.read(writer.written() + place, state), place * size);
  }
  if (policy.actAll) {
    const flat = new Uint8Array(count * model.actions);
    masks.forEach((mask, place) => {
      flat.set(mask, place * model.actions);
    });
    return policy.actAll(observations, flat, count);
  }
  const row = (place: number) => observations.slice(place * size, (place + 1) * size);
  return Promise.all(masks.map((mask, place) => policy.act(row(place), mask)));
}

function masksOf(model: DecisionModel, writer: TableWriter, count: number): Uint8Array[] {
  const state = new Int32Array(model.start.length);
  return Array.from({ length: count }, (_, place) =>
    model.actionMask(writer.states.read(writer.written() + place, state)),
  );
}

function requireLegal({ name }: Policy, action: number, mask: Uint8Array): number {
  if (!mask[action]) refuse('evaluatePolicy', 'policy', `take legal actions only ('${name}')`, action);
  return action;
}
