import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requireNonNegative, requireOneOf, requireWholeNumber } from '../../internal/require.js';
import { requireDemand } from './demand-draw.js';
import type { InventoryOptions } from './inventory-options.js';

/** What one period brought. */
export interface InventoryPeriod {
  /** Of the period, in the options' money. */
  readonly cost: number;
  /** Units asked for. */
  readonly demand: number;
  /** Units ordered. */
  readonly ordered: number;
  /** Units of this period's demand that were met at once. */
  readonly sold: number;
  /** Units short at the end: lost, or waiting. */
  readonly short: number;
  /** Units left at the end. */
  readonly held: number;
  /** Units whose shelf life ended. */
  readonly wasted: number;
}

/**
 * The rules of one inventory problem without its demand. A state is a list of whole units: stock by age, the oldest
 * first (one entry where nothing ages; below zero while customers wait), then the orders under way, the next first.
 */
export interface InventoryRules {
  readonly leadTime: number;
  /** Entries of stock: the shelf life, or 1. */
  readonly ages: number;
  /** Entries of a state. */
  readonly size: number;
  readonly capacity: number;
  /** Units of the least order: 1 where there are no packs. */
  readonly leastOrder: number;
  readonly options: InventoryOptions;
  /** The largest order of so many units or fewer: whole packs, and nothing below the least order. */
  wholeOrder(units: number): number;
  /** Most that may be ordered in a state, given the capacity and the most of one order. */
  mostOrder(state: ArrayLike<number>, maxOrder: number): number;
  /** Writes the state that follows into `next`, which may be `state` itself. */
  advance(state: ArrayLike<number>, order: number, demand: number, next: Int32Array | Float64Array): InventoryPeriod;
}

/** The names of what a stock problem is, without its demand. */
export const stockProblemNames = {
  leadTime: true,
  holding: true,
  penalty: true,
  fixedOrderCost: true,
  unitCost: true,
  unmet: true,
  shelfLife: true,
  issuing: true,
  wasteCost: true,
  maxOrder: true,
  packSize: true,
  minimumOrder: true,
  capacity: true,
} as const;

/** The names of all options of a stock problem. */
export function inventoryOptionNames(): OptionNames<InventoryOptions> {
  return {
    ...stockProblemNames,
    demand: true,
    initialStock: true,
    horizon: true,
  };
}

/** Checks every option. */
export function inventoryRules(where: string, options: InventoryOptions): InventoryRules {
  requireGivenOptions(where, options, inventoryOptionNames());
  requireValues(where, options);
  const { leadTime = 0, shelfLife = Number.POSITIVE_INFINITY, capacity = Number.POSITIVE_INFINITY } = options;
  const ages = Number.isFinite(shelfLife) ? shelfLife : 1;
  const size = ages + Math.max(leadTime - 1, 0);
  const { packSize = 1 } = options;
  const leastOrder = leastOrderOf(options);
  const inPacks = (units: number) => (Number.isFinite(units) ? units - (units % packSize) : units);
  const wholeOrder = (units: number) => {
    if (leastOrder === 1) return Math.max(0, units);
    return units < leastOrder ? 0 : inPacks(units);
  };
  const rules = { leadTime, ages, size, capacity, leastOrder, options };
  return {
    ...rules,
    wholeOrder,
    mostOrder: (state, maxOrder) => wholeOrder(Math.min(maxOrder, capacity - position(state))),
    advance: Number.isFinite(shelfLife) ? aging(rules) : lasting(rules),
  };
}

/** Units in stock and on order together. */
export function position(state: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < state.length; index += 1) sum += state[index]!;
  return sum;
}

type Advance = InventoryRules['advance'];
type Given = Pick<InventoryRules, 'leadTime' | 'ages' | 'size' | 'options'>;

function lasting({ leadTime, size, options }: Given): Advance {
  const { holding, penalty, fixedOrderCost = 0, unitCost = 0, unmet = 'lost' } = options;
  const waits = unmet === 'backordered';
  return (state, order, demand, next) => {
    const stock = state[0]! + (leadTime === 0 ? order : 0);
    const left = stock - demand;
    const held = Math.max(left, 0);
    const short = Math.max(-left, 0);
    const stays = waits ? left : held;
    const arriving = leadTime === 0 ? 0 : leadTime === 1 ? order : state[1]!;
    for (let place = 1; place < size - 1; place += 1) next[place] = state[place + 1]!;
    if (size > 1) next[size - 1] = order;
    next[0] = stays + arriving;
    const cost = holding * held + penalty * short + (order > 0 ? fixedOrderCost : 0) + unitCost * order;
    return { cost, demand, ordered: order, sold: Math.min(Math.max(stock, 0), demand), short, held, wasted: 0 };
  };
}

function aging({ leadTime, ages, size, options }: Given): Advance {
  const { holding, penalty, fixedOrderCost = 0, unitCost = 0, wasteCost = 0 } = options;
  const stock = new Float64Array(ages);
  const firstAge = options.issuing === 'lifo' ? ages - 1 : 0;
  const toNext = options.issuing === 'lifo' ? -1 : 1;
  return (state, order, demand, next) => {
    for (let age = 0; age < ages; age += 1) stock[age] = state[age]!;
    if (leadTime === 0) stock[ages - 1] = stock[ages - 1]! + order;
    let open = demand;
    let left = 0;
    for (let age = firstAge; age >= 0 && age < ages; age += toNext) {
      const taken = Math.min(stock[age]!, open);
      open -= taken;
      stock[age] = stock[age]! - taken;
      left += stock[age]!;
    }
    const wasted = stock[0]!;
    const arriving = leadTime === 0 ? 0 : leadTime === 1 ? order : state[ages]!;
    for (let age = 0; age < ages - 1; age += 1) next[age] = stock[age + 1]!;
    next[ages - 1] = arriving;
    for (let place = ages; place < size - 1; place += 1) next[place] = state[place + 1]!;
    if (size > ages) next[size - 1] = order;
    const held = left - wasted;
    const ordering = (order > 0 ? fixedOrderCost : 0) + unitCost * order;
    const cost = holding * held + penalty * open + wasteCost * wasted + ordering;
    return { cost, demand, ordered: order, sold: demand - open, short: open, held, wasted };
  };
}

function requireValues(where: string, options: InventoryOptions): void {
  const { leadTime = 0, shelfLife, capacity, initialStock = 0, unmet = 'lost', maxOrder } = options;
  requireDemand(where, options.demand);
  requireWholeNumber(where, 'leadTime', leadTime, 0, 1000);
  requireNonNegative(where, 'holding', options.holding);
  requireNonNegative(where, 'penalty', options.penalty);
  requireNonNegative(where, 'fixedOrderCost', options.fixedOrderCost ?? 0);
  requireNonNegative(where, 'unitCost', options.unitCost ?? 0);
  requireNonNegative(where, 'wasteCost', options.wasteCost ?? 0);
  requireOneOf(where, 'unmet', ['lost', 'backordered'], unmet);
  requireOneOf(where, 'issuing', ['fifo', 'lifo'], options.issuing ?? 'fifo');
  if (shelfLife !== undefined && shelfLife !== Number.POSITIVE_INFINITY) {
    requireWholeNumber(where, 'shelfLife', shelfLife, 1, 1000);
    if (unmet === 'backordered') refuse(where, 'shelfLife', 'be Infinity when customers wait', shelfLife);
  } else if (options.issuing === 'lifo') refuse(where, 'issuing', 'be left out where goods do not expire', 'lifo');
  if (capacity !== undefined && capacity !== Number.POSITIVE_INFINITY) {
    requireWholeNumber(where, 'capacity', capacity, 1, 1e9);
  }
  if (maxOrder !== undefined) requireWholeNumber(where, 'maxOrder', maxOrder, 1, 100_000);
  requirePacks(where, options);
  requireWholeNumber(where, 'initialStock', initialStock, 0, Math.min(capacity ?? 1e9, 1e9));
}

// Packs that never fit would leave a shop that never orders.
function requirePacks(where: string, options: InventoryOptions): void {
  const { packSize = 1, minimumOrder = 1, capacity = 1e9, maxOrder = 1e9 } = options;
  for (const [name, units] of Object.entries({ packSize, minimumOrder })) {
    requireWholeNumber(where, name, units, 1, 100_000);
    if (units > capacity) refuse(where, name, `be at most the capacity, ${capacity}`, units);
    if (units > maxOrder) refuse(where, name, `be at most \`maxOrder\`, ${maxOrder}`, units);
  }
  const least = leastOrderOf(options);
  if (least > Math.min(capacity, maxOrder)) {
    const rule = `leave whole packs of ${packSize} within the capacity and \`maxOrder\`: the least order is ${least}`;
    refuse(where, 'minimumOrder', rule, minimumOrder);
  }
}

/** Units of the least order: whole packs, and no less than the minimum. */
export function leastOrderOf({ packSize = 1, minimumOrder = 1 }: InventoryOptions): number {
  return packSize * Math.ceil(minimumOrder / packSize);
}

/**
 * Masks of orders: `maskUpTo(most)` is `[maxOrder + 1]` with ones at the legal orders up to `most`. They are made when first asked for
 * and shared from then on; where every number may be ordered they are views of one list.
 */
export function orderMasks(
  maxOrder: number,
  { wholeOrder, leastOrder }: Pick<InventoryRules, 'wholeOrder' | 'leastOrder'>,
): (most: number) => Uint8Array {
  const size = maxOrder + 1;
  const isFree = leastOrder === 1;
  const onesThenZeros = isFree ? new Uint8Array(2 * size).fill(1, 0, size) : undefined;
  const isLegal = (order: number) => order === 0 || (order >= leastOrder && wholeOrder(order) === order);
  // Of long masks the last one only.
  const kept = new Map<number, Uint8Array>();
  return (most) => {
    const found = kept.get(most);
    if (found) return found;
    const mask =
      onesThenZeros?.subarray(maxOrder - most, maxOrder - most + size) ??
      Uint8Array.from({ length: size }, (_, order) => (order <= most && isLegal(order) ? 1 : 0));
    if (!isFree && size > 4096) kept.clear();
    kept.set(most, mask);
    return mask;
  };
}
