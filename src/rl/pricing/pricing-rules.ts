import { refuse, requireBetween, requirePositiveInteger } from '../../internal/require.js';
import { requireProbabilities } from '../demand/discrete-demand.js';
import { poissonDemand } from '../demand/poisson-demand.js';
import { requireWhole } from '../inventory/inventory-rules.js';
import type { PricingOptions } from './pricing-options.js';

/** What one period brought. */
export interface PricingPeriod {
  /** Profit of the period, what leftovers brought included. */
  readonly profit: number;
  /** Units asked for. */
  readonly demand: number;
  /** Units sold. */
  readonly sold: number;
}

/**
 * The rules of one pricing problem. A state is a list of whole numbers: in a season the units and the periods left;
 * then the numbers of the remembered prices, the latest first; then the number of the competitors' price.
 */
export interface PricingRules {
  readonly options: PricingOptions;
  readonly horizon: number;
  /** Entries of a state. */
  readonly size: number;
  readonly isSeason: boolean;
  start(): Int32Array;
  /** Whether a season has ended, or nothing is left to sell. */
  isOver(state: ArrayLike<number>): boolean;
  /** Probabilities of a demand of 0, 1, 2 and so on. */
  demandAt(state: ArrayLike<number>, action: number): Float64Array;
  /** Probabilities of the competitors' next price; `[1]` where there are none. */
  competitorsAt(state: ArrayLike<number>): Float64Array;
  advance(
    state: ArrayLike<number>,
    action: number,
    demand: number,
    competitor: number,
    next: Int32Array,
  ): PricingPeriod;
}

/** Checks everything. */
export function pricingRules(where: string, options: PricingOptions): PricingRules {
  const { prices, demand, remembered = 0, stock, competitors, unitCost = 0, salvage = 0 } = options;
  const horizon = requireOptions(where, options);
  const chain = competitors && competitors.transitions.map((row) => requireProbabilities(where, row));
  const memory = stock === undefined ? 0 : 2;
  const size = memory + remembered + (chain ? 1 : 0);
  const tables = new Map<number, Float64Array>();
  const poissonTable = (mean: number) => {
    if (!(Number.isFinite(mean) && mean >= 0)) refuse(where, 'demand', 'give finite means >= 0', mean);
    const table = tables.get(mean) ?? (mean === 0 ? Float64Array.of(1) : poissonDemand(mean).probabilities!);
    tables.set(mean, table);
    return table;
  };
  const marketOf = (state: ArrayLike<number>) => ({
    period: stock === undefined ? 0 : horizon - state[1]!,
    ...(chain && { competitor: competitors!.prices[state[size - 1]!]! }),
    ...(remembered > 0 && { reference: meanPrice(prices, state, memory, remembered) }),
  });
  const isOver = (state: ArrayLike<number>) => stock !== undefined && (state[0] === 0 || state[1] === 0);
  return {
    options,
    horizon,
    // A state without entries would be no observation: then a single 0 stands there.
    size: Math.max(1, size),
    isSeason: stock !== undefined,
    isOver,
    start: () => {
      const state = new Int32Array(Math.max(1, size));
      if (stock !== undefined) state.set([stock, horizon]);
      return state.fill(prices.length - 1, memory, memory + remembered);
    },
    demandAt: (state, action) => poissonTable(demand(prices[action]!, marketOf(state))),
    competitorsAt: (state) => chain?.[state[size - 1]!] ?? Float64Array.of(1),
    advance: (state, action, asked, competitor, next) => {
      const sold = stock === undefined ? asked : Math.min(asked, state[0]!);
      let profit = (prices[action]! - unitCost) * sold;
      for (let place = memory + remembered - 1; place > memory; place -= 1) next[place] = state[place - 1]!;
      if (remembered > 0) next[memory] = action;
      if (chain) next[size - 1] = competitor;
      if (stock !== undefined) {
        next[0] = state[0]! - sold;
        next[1] = state[1]! - 1;
        if (next[1] === 0) profit += salvage * next[0];
      }
      return { profit, demand: asked, sold };
    },
  };
}

function meanPrice(prices: readonly number[], state: ArrayLike<number>, first: number, count: number): number {
  let sum = 0;
  for (let place = first; place < first + count; place += 1) sum += prices[state[place]!]!;
  return sum / count;
}

function requireOptions(where: string, options: PricingOptions): number {
  const { prices, demand, remembered = 0, stock, salvage = 0, unitCost = 0, competitors, horizon = 1000 } = options;
  if (!Array.isArray(prices) || prices.length === 0) refuse(where, 'prices', 'hold at least one price', prices);
  for (const price of prices) requireBetween(where, 'prices', price, 0, Number.POSITIVE_INFINITY);
  if (typeof demand !== 'function') refuse(where, 'demand', 'be a function of the price', demand);
  requireWhole(where, 'remembered', remembered, 0, 8);
  requireBetween(where, 'unitCost', unitCost, 0, Number.POSITIVE_INFINITY);
  requireBetween(where, 'salvage', salvage, 0, Number.POSITIVE_INFINITY);
  if (stock !== undefined) {
    requireWhole(where, 'stock', stock, 1, 1_000_000);
    if (options.horizon === undefined) refuse(where, 'horizon', 'be given with `stock`', options.horizon);
  }
  requirePositiveInteger(where, 'horizon', horizon);
  const count = competitors?.prices.length;
  if (
    competitors &&
    (competitors.transitions.length !== count || competitors.transitions.some((row) => row.length !== count))
  ) {
    refuse(where, 'competitors.transitions', `be a table of ${count} by ${count}`, competitors.transitions.length);
  }
  return horizon;
}
