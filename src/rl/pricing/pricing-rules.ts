import { type OptionNames, requireGivenOptions, requireOptions } from '../../internal/options.js';
import {
  refuse,
  requireFlag,
  requireGivenFunction,
  requireNonNegative,
  requirePositiveInteger,
  requireWholeNumber,
} from '../../internal/require.js';
import { requireProbabilities } from '../demand/discrete-demand.js';
import { poissonDemand } from '../demand/poisson-demand.js';
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
 * then the numbers of the remembered prices, the latest first, of markdowns that of the last in any case; then the number of the
 * competitors' price.
 */
export interface PricingRules {
  readonly options: PricingOptions;
  readonly horizon: number;
  /** Entries of a state. */
  readonly size: number;
  /** Entries for past prices: those that customers remember, and with markdowns the last one in any case. */
  readonly kept: number;
  readonly isSeason: boolean;
  start(): Int32Array;
  /** Whether a season has ended, or nothing is left to sell. */
  isOver(state: ArrayLike<number>): boolean;
  /** 1 for each price that may be asked for. */
  maskOf(state: ArrayLike<number>): Uint8Array;
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

const optionNames: OptionNames<PricingOptions> = {
  prices: true,
  demand: true,
  unitCost: true,
  competitors: true,
  remembered: true,
  markdown: true,
  stock: true,
  salvage: true,
  horizon: true,
};
type Competitors = NonNullable<PricingOptions['competitors']>;

const competitorNames: OptionNames<Competitors> = { prices: true, transitions: true };

/** Checks the names of options, with those that a function takes beside these. */
export function requirePricingNames<O extends PricingOptions>(
  where: string,
  options: O,
  more: OptionNames<Omit<O, keyof PricingOptions>>,
): void {
  requireGivenOptions<PricingOptions>(where, options, { ...optionNames, ...more });
}

/** Checks everything. */
export function pricingRules(where: string, options: PricingOptions): PricingRules {
  requirePricingNames(where, options, {});
  requireValues(where, options);
  const { prices, demand, remembered = 0, markdown = false, stock, competitors, unitCost = 0, salvage = 0 } = options;
  const horizon = options.horizon ?? 1000;
  const chain = competitors?.transitions.map((row) => requireProbabilities(where, row));
  const memory = stock === undefined ? 0 : 2;
  const kept = Math.max(remembered, markdown ? 1 : 0);
  const size = memory + kept + (chain ? 1 : 0);
  const tables = new Map<number, Float64Array>();
  const poissonTable = (mean: number) => {
    if (!(Number.isFinite(mean) && mean >= 0)) refuse(where, 'demand', 'give finite means >= 0', mean);
    if (mean > mostUnits) refuse(where, 'demand', `give means of at most ${mostUnits} units`, mean);
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
    kept,
    isSeason: stock !== undefined,
    isOver,
    maskOf: (state) => Uint8Array.from(prices, (_, action) => (markdown && action > state[memory]! ? 0 : 1)),
    start: () => {
      const state = new Int32Array(Math.max(1, size));
      if (stock !== undefined) state.set([stock, horizon]);
      return state.fill(prices.length - 1, memory, memory + kept);
    },
    demandAt: (state, action) => poissonTable(demand(prices[action]!, marketOf(state))),
    competitorsAt: (state) => chain?.[state[size - 1]!] ?? Float64Array.of(1),
    advance: (state, action, asked, competitor, next) => {
      const sold = stock === undefined ? asked : Math.min(asked, state[0]!);
      let profit = (prices[action]! - unitCost) * sold;
      for (let place = memory + kept - 1; place > memory; place -= 1) next[place] = state[place - 1]!;
      if (kept > 0) next[memory] = action;
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

// As many as a Poisson table holds.
const mostUnits = 100_000;

function requireValues(where: string, options: PricingOptions): void {
  const { prices, demand, remembered = 0, stock, salvage = 0, unitCost = 0, competitors, horizon = 1000 } = options;
  const { markdown = false } = options;
  requirePrices(where, 'prices', prices);
  requireGivenFunction(where, 'demand', demand);
  requireWholeNumber(where, 'remembered', remembered, 0, 8);
  requireFlag(where, 'markdown', markdown);
  if (markdown && prices.some((price, place) => place > 0 && price <= prices[place - 1]!)) {
    refuse(where, 'prices', 'rise, where `markdown` is true', prices);
  }
  requireNonNegative(where, 'unitCost', unitCost);
  requireNonNegative(where, 'salvage', salvage);
  if (stock !== undefined) {
    requireWholeNumber(where, 'stock', stock, 1, 1_000_000);
    if (options.horizon === undefined) refuse(where, 'horizon', 'be given with `stock`', options.horizon);
  }
  requirePositiveInteger(where, 'horizon', horizon);
  if (competitors !== undefined) requireCompetitors(where, competitors);
}

function requireCompetitors(where: string, competitors: Competitors): void {
  requireOptions(where, competitors, competitorNames, 'competitors');
  const { prices, transitions } = competitors;
  requirePrices(where, 'competitors.prices', prices);
  const count = prices.length;
  const isTable = Array.isArray(transitions) && transitions.length === count;
  if (!isTable || transitions.some((row) => row?.length !== count)) {
    refuse(where, 'competitors.transitions', `be a table of ${count} by ${count}`, transitions);
  }
}

function requirePrices(where: string, name: string, prices: readonly number[]): void {
  if (!Array.isArray(prices) || prices.length === 0) refuse(where, name, 'hold at least one price', prices);
  for (const price of prices) {
    requireNonNegative(where, name, price);
  }
}
