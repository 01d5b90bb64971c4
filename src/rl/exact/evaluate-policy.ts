import { createPause } from '../../internal/pause.js';
import { refuse } from '../../internal/require.js';
import { type Policy, requireAction, requirePolicy } from '../acting/policy.js';
import { type DecisionModel, maskOf, requireModel } from './decision-model.js';
import { requireNoEndlessPath } from './endless-path.js';
import {
  type OptimalSolution,
  requireSolveOptions,
  type SolveLimits,
  type SolveOptions,
  solveTable,
} from './solve-table.js';
import {
  createTableWriter,
  isEnd,
  type TableLimits,
  type TableWriter,
  type TransitionTable,
  tableLimits,
} from './transition-table.js';
import { UnsolvedModelError } from './unsolved-model-error.js';

/**
 * Computes what a policy earns per step in the long run, exactly: not by simulation, but from the transitions of all
 * states that it can reach.
 *
 * @param options - `model`: the world. `policy`: classic, learned or optimal; it is asked in every state it can reach, many at once
 *   where it can; of many states some are asked of twice. And when to stop.
 * @returns The average reward, between bounds `tolerance` apart, and how many states the policy can reach from the start.
 * @throws RangeError when the policy takes an illegal action, or the model has episodes that end ({@link solveEpisodes}
 *   values those).
 * @throws UnsolvedModelError when the policy reaches too many states or lets ever more customers wait, or the bounds do not meet, as when where it starts
 *   decides where it stays.
 * @example
 * const model = inventoryModel({ demand: poissonDemand(5), leadTime: 1, holding: 1, penalty: 4, maxOrder: 12 });
 * const { averageReward } = await evaluatePolicy({ model, policy: baseStockPolicy({ level: 12 }) });
 * averageReward; // -4.1628
 */
export async function evaluatePolicy(
  options: SolveOptions & {
    /** The policy to evaluate. */
    readonly policy: Policy;
  },
): Promise<Pick<OptimalSolution, 'averageReward' | 'bounds' | 'states'>> {
  requireSolveOptions('evaluatePolicy', options, { policy: true });
  return evaluateInModel('evaluatePolicy', options?.model, options?.policy, options ?? {});
}

/** As {@link evaluatePolicy}, in the name of the function that was called and with limits of its own. */
export async function evaluateInModel(
  where: string,
  model: DecisionModel,
  policy: Policy,
  options: SolveLimits,
  limits?: TableLimits,
): Promise<Pick<OptimalSolution, 'averageReward' | 'bounds' | 'states'>> {
  requireModel(where, model);
  requirePolicy(where, 'policy', policy);
  // At least once: many short calls in a row would otherwise hold the event loop.
  await createPause(0, options.signal)();
  const pause = createPause(8, options.signal);
  const table = await writePolicy(where, model, policy, pause, limits);
  await requireNoEnd(where, model, table, pause);
  const { gain, lower, upper } = await solveTable(where, table, options, pause);
  await requireInside(where, model, table, options, pause);
  return { averageReward: gain, bounds: [lower, upper], states: table.states.count() };
}

// So many choices are written without a pause.
const stretch = 16;
// Before so many are written it is not asked whether there is an end.
const usual = 2 ** 14;
// So many states are looked at without a pause.
const atOnce = 1024;

/** Writes out the states that a policy can reach, each with its one choice. */
export async function writePolicy(
  where: string,
  model: DecisionModel,
  policy: Policy,
  pause: () => Promise<void>,
  limits?: TableLimits,
): Promise<TransitionTable> {
  const writer = createTableWriter(where, model, limits);
  let isWalked = false;
  while (writer.written() < writer.states.count()) {
    if (!isWalked && writer.written() >= usual) {
      await requireNoEndlessPath(where, model, policy, limits ?? tableLimits, pause);
      isWalked = true;
    }
    const { actions, masks } = await askAll(where, model, policy, writer);
    for (let place = 0; place < masks.length; place += 1) {
      writer.write([requireAction(where, policy, actions[place], masks[place]!)]);
      if (place % stretch === 0) await pause();
    }
  }
  return writer.finish();
}

// The states that wait for their choice, some of them at once.
async function askAll(where: string, model: DecisionModel, policy: Policy, writer: TableWriter) {
  const size = model.start.length;
  const count = Math.min(atOnce, writer.states.count() - writer.written());
  const masks: Uint8Array[] = [];
  const observations = new Float32Array(count * size);
  const state = new Int32Array(size);
  for (let place = 0; place < count; place += 1) {
    masks.push(maskOf(where, model, writer.states.read(writer.written() + place, state)));
    observations.set(state, place * size);
  }
  if (!policy.actAll) {
    const row = (place: number) => observations.slice(place * size, (place + 1) * size);
    return { masks, actions: await Promise.all(masks.map((mask, place) => policy.act(row(place), mask))) };
  }
  const flat = new Uint8Array(count * model.actions);
  masks.forEach((mask, place) => {
    flat.set(mask, place * model.actions);
  });
  const actions = await policy.actAll(observations, flat, count);
  if (actions?.length !== count) refuse(where, 'policy', `answer ${count} observations`, actions?.length);
  return { masks, actions };
}

// How often it comes to where the model is cut off: the long-run average of one for each time.
async function requireInside(
  where: string,
  model: DecisionModel,
  table: TransitionTable,
  options: SolveLimits,
  pause: () => Promise<void>,
): Promise<void> {
  if (!model.isEdge) return;
  const state = new Int32Array(model.start.length);
  const edges = new Uint8Array(table.states.count());
  for (let index = 0; index < edges.length; index += 1) {
    if (index % atOnce === 0) await pause();
    edges[index] = model.isEdge(table.states.read(index, state)) ? 1 : 0;
  }
  if (!edges.includes(1)) return;
  const { firstFollower, followers, probabilities } = table;
  const rewards = new Float64Array(table.rewards.length);
  for (let choice = 0; choice < rewards.length; choice += 1) {
    if (choice % stretch === 0) await pause();
    for (let place = firstFollower[choice]!; place < firstFollower[choice + 1]!; place += 1) {
      if (edges[followers[place]!]) rewards[choice]! += probabilities[place]!;
    }
  }
  const { gain } = await solveTable(where, { ...table, rewards }, options, pause);
  if (gain > 1e-6) {
    throw new UnsolvedModelError(
      where,
      'bounds',
      'hold what the policy does',
      `a policy that leaves it in ${gain} of all steps`,
    );
  }
}

// A policy may well rest where nothing is earned; an end is where no action at all leads on.
async function requireNoEnd(
  where: string,
  model: DecisionModel,
  table: TransitionTable,
  pause: () => Promise<void>,
): Promise<void> {
  const state = new Int32Array(model.start.length);
  for (let index = 1; index < table.states.count(); index += 1) {
    if (index % atOnce === 0) await pause();
    if (!isEnd(table, index)) continue;
    if (endsEverything(where, model, table.states.read(index, state))) {
      refuse(where, 'model', 'go on for ever', 'episodes that end, which solveEpisodes values');
    }
  }
}

function endsEverything(where: string, model: DecisionModel, state: Int32Array): boolean {
  const next = new Int32Array(state.length);
  return maskOf(where, model, state).every((legal, action) => {
    if (!legal) return true;
    return model.outcomes(state, action).every((probability, outcome) => {
      const reward = probability === 0 ? 0 : model.advance(state, action, outcome, next);
      return probability === 0 || (reward === 0 && next.every((entry, place) => entry === state[place]));
    });
  });
}
