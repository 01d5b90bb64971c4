import { refuse, requireNumbers, requirePositiveInteger, requireWholeNumber } from '../../internal/require.js';
import { createRng, type RngState, restoreRng } from '../../random/rng.js';
import { wholeUnitDemand } from '../demand/whole-units.js';
import type { Environment, EnvironmentStep } from '../environments/environment.js';
import { type ResetOptions, resetSeed } from '../environments/environment-door.js';
import { drawState } from './any-state.js';
import { demandDraw, distributionOf, isSeries } from './demand-draw.js';
import { wholeQuantile } from './inventory-bounds.js';
import type { InventoryOptions } from './inventory-options.js';
import { type InventoryPeriod, type InventoryRules, inventoryRules, orderMasks } from './inventory-rules.js';
import { orderLimits } from './order-limits.js';

/** One product in stock. Made by {@link inventoryEnvironment}. */
export interface InventoryEnvironment extends Environment {
  /** What it was made of, every default filled in but the infinite ones. */
  readonly options: InventoryOptions & {
    /** The most that one order can be. */
    readonly maxOrder: number;
    /** Periods of an episode. */
    readonly horizon: number;
  };
  /** The options as they were given. */
  readonly given: InventoryOptions;
  /** Orders so many units: the action is the order. */
  step(action: number): EnvironmentStep & {
    /** What happened in the period. */
    readonly period: InventoryPeriod;
  };
}

/**
 * Keeping one product in stock: order now, sell what is there, pay for what is left and for what was missing.
 *
 * In each period the order due arrives; the agent sees the state and orders `action` units, which arrive `leadTime`
 * periods later; demand comes; the reward is
 *
 *     -(holding left + penalty short + fixedOrderCost [action > 0] + unitCost action + wasteCost wasted)
 *
 * The observation is stock (by age, the oldest first, when there is a shelf life) and the orders that arrive in 1,
 * 2, ... `leadTime - 1` periods. Orders above `maxOrder`, above what the capacity leaves, below `minimumOrder` and of broken packs are
 * illegal; the action is the order in units whatever the pack. An episode
 * is cut off after `horizon` periods (`truncated`), never over: a shop goes on. A recorded series longer than the
 * horizon is replayed from a random start that leaves a whole episode.
 *
 * `resetAnywhere`, which training takes single steps from, draws stock up to twice what `leadTime + 1` largest orders
 * bring, or up to the capacity: a shop that was left with too much must know that it has to wait.
 *
 * @returns The environment. Observations are fresh arrays; masks are shared and not to be changed.
 * @throws RangeError when an option is unknown or out of range, or `maxOrder` is missing where unmet demand waits, orders have a
 *   fixed cost, or demand is a function.
 * @see Zipkin, "Old and New Methods for Lost-Sales Inventory Systems" (2008)
 * @example
 * const shop = inventoryEnvironment({ demand: [3, 1, 0], leadTime: 1, holding: 1, penalty: 4, initialStock: 2 });
 * shop.reset({ seed: 7 }).observation; // Float32Array [2]
 * const { reward, observation } = shop.step(3);
 * reward; // -4
 * observation; // Float32Array [3]
 */
export function inventoryEnvironment(options: InventoryOptions): InventoryEnvironment {
  const rules = inventoryRules('inventoryEnvironment', options);
  const maxOrder = mostUnits(options, rules);
  const horizon = episodeLength(options);
  const series = isSeries(options.demand) ? options.demand : undefined;
  let rng = createRng(0).stream('demand');
  let start = 0;
  let period = horizon;
  const draw = demandDraw('inventoryEnvironment', options.demand, () => start);
  const state = new Float64Array(rules.size);
  const maskUpTo = orderMasks(maxOrder, rules);
  const mask = () => maskUpTo(rules.mostOrder(state, maxOrder));
  const begin = (options: ResetOptions | undefined): void => {
    const seed = resetSeed('reset', options);
    if (seed !== undefined) rng = createRng(seed).stream('demand');
    if (series) start = rng.integer(series.length - horizon + 1);
    period = 0;
  };
  const shown = () => ({ observation: new Float32Array(state), actionMask: mask() });
  return {
    name: 'inventory',
    options: { ...options, maxOrder, horizon },
    given: options,
    observationSpace: observationSpace(rules, maxOrder),
    actionSpace: { kind: 'discrete', size: maxOrder + 1 },
    reset: (given) => {
      begin(given);
      state.fill(0);
      state[rules.ages - 1] = options.initialStock ?? 0;
      return shown();
    },
    resetAnywhere: (given) => {
      begin(given);
      drawState(rng, rules, maxOrder, state);
      return shown();
    },
    legalActions: (observation) => {
      requireNumbers('legalActions', 'observation', observation, rules.size);
      return maskUpTo(rules.wholeOrder(Math.floor(rules.mostOrder(observation, maxOrder))));
    },
    step: (action) => {
      if (period >= horizon) refuse('step', 'action', 'follow a reset: no episode is under way', action);
      requireOrder(action, rules, rules.mostOrder(state, maxOrder));
      const happened = rules.advance(state, action, draw(rng, period), state);
      period += 1;
      return {
        observation: new Float32Array(state),
        actionMask: mask(),
        reward: -happened.cost,
        terminated: false,
        truncated: period >= horizon,
        period: happened,
      };
    },
    state: () => ({ stream: rng.state(), start, period, state: state.slice() }),
    restore: (saved) => {
      const given = requireSaved(saved, rules.size, horizon, series?.length ?? horizon);
      rng = restoreRng(given.stream);
      ({ start, period } = given);
      state.set(given.state);
    },
  };
}

function requireOrder(action: unknown, { wholeOrder, leastOrder, options }: InventoryRules, most: number): void {
  requireWholeNumber('step', 'action', action, 0, most);
  if (action === wholeOrder(action)) return;
  const { packSize = 1 } = options;
  refuse('step', 'action', `be 0, or whole packs of ${packSize} and at least ${leastOrder} units`, action);
}

interface Saved {
  readonly stream: RngState;
  readonly start: number;
  readonly period: number;
  readonly state: Float64Array;
}

function requireSaved(saved: unknown, size: number, horizon: number, length: number): Saved {
  const { stream, start, period, state } = (saved ?? {}) as Saved;
  restoreRng(stream);
  requireWholeNumber('restore', 'state.start', start, 0, length - horizon);
  requireWholeNumber('restore', 'state.period', period, 0, horizon);
  requireNumbers('restore', 'state.state', state, size);
  return { stream, start, period, state };
}

function mostUnits(options: InventoryOptions, rules: InventoryRules): number {
  const { maxOrder, holding, penalty, fixedOrderCost = 0, unmet = 'lost', shelfLife } = options;
  if (maxOrder !== undefined) return rules.wholeOrder(maxOrder);
  const demand = distributionOf(options.demand);
  if (!demand || unmet !== 'lost' || fixedOrderCost > 0 || holding === 0 || penalty === 0) {
    refuse(
      'inventoryEnvironment',
      'maxOrder',
      'be given unless demand is a distribution and lost where unmet, orders have no fixed cost, and `holding` and `penalty` are above 0',
      maxOrder,
    );
  }
  // Where goods expire, more than one period's demand may be worth ordering.
  const isPlain = rules.leastOrder === 1 && !Number.isFinite(shelfLife ?? Number.POSITIVE_INFINITY);
  const most = isPlain
    ? wholeQuantile(demand, penalty / (penalty + holding))
    : orderLimits(options, wholeUnitDemand(demand))?.most;
  if (most === undefined) {
    refuse('inventoryEnvironment', 'maxOrder', 'be given where no bound of an optimal order is known', maxOrder);
  }
  const bounded = Math.max(rules.leastOrder, rules.wholeOrder(Math.min(most, rules.capacity)));
  if (bounded > 100_000)
    refuse('inventoryEnvironment', 'demand', 'be counted in larger units, or `maxOrder` be given', bounded);
  return bounded;
}

function episodeLength({ demand, horizon }: InventoryOptions): number {
  const length = isSeries(demand) ? demand.length : undefined;
  const periods = horizon ?? length ?? 1000;
  requirePositiveInteger('inventoryEnvironment', 'horizon', periods);
  if (length !== undefined) requireWholeNumber('inventoryEnvironment', 'horizon', periods, 1, length);
  return periods;
}

function observationSpace(
  { ages, size, capacity, options }: InventoryRules,
  maxOrder: number,
): Environment['observationSpace'] {
  const waits = options.unmet === 'backordered';
  return {
    kind: 'box',
    low: new Float32Array(size).fill(waits ? Number.NEGATIVE_INFINITY : 0, 0, 1),
    high: Float32Array.from({ length: size }, (_, place) => (place < ages ? capacity : maxOrder)),
  };
}
