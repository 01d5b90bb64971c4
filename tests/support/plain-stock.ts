import type { InventoryOptions } from 'minimart';

/** What one period of lost sales does, written anew: the state is stock by age, the oldest first, then orders under way. */
export interface PlainRules {
  /** Entries of a state. */
  readonly size: number;
  /** The orders that may be made, of those up to the most. Default: all. */
  isLegal?(order: number): boolean;
  /** The largest entry of a state that is looked at; larger ones count as this. */
  readonly highest?: number;
  step(state: readonly number[], order: number, demand: number): { readonly next: number[]; readonly cost: number };
}

/** The rules of a problem in which unmet demand is lost. */
export function plainStockRules(options: Omit<InventoryOptions, 'demand'>): PlainRules {
  const { leadTime = 0, shelfLife, holding, penalty, fixedOrderCost = 0, unitCost = 0, wasteCost = 0 } = options;
  const isNewestFirst = options.issuing === 'lifo';
  const ages = shelfLife ?? 1;
  return {
    size: ages + Math.max(0, leadTime - 1),
    step: (state, order, demand) => {
      const stock = state.slice(0, ages);
      const coming = [...state.slice(ages), order];
      if (leadTime === 0) stock[ages - 1] = stock[ages - 1]! + coming.shift()!;
      let open = demand;
      for (let place = 0; place < ages; place += 1) {
        const age = isNewestFirst ? ages - 1 - place : place;
        const sold = Math.min(stock[age]!, open);
        stock[age] = stock[age]! - sold;
        open -= sold;
      }
      const wasted = shelfLife === undefined ? 0 : stock[0]!;
      const held = stock.reduce((sum, units) => sum + units, 0) - wasted;
      const arriving = leadTime === 0 ? 0 : coming.shift()!;
      const kept = shelfLife === undefined ? [stock[0]! + arriving] : [...stock.slice(1), arriving];
      const ordering = (order > 0 ? fixedOrderCost : 0) + unitCost * order;
      return { next: [...kept, ...coming], cost: holding * held + penalty * open + wasteCost * wasted + ordering };
    },
  };
}

/**
 * The least long-run cost per period with Poisson demand, by value iteration over every state that orders of up to `most`
 * lead to, without any other bound; or the cost of one policy.
 */
export function plainOptimum(
  rules: PlainRules,
  mean: number,
  most: number,
  policy?: (seen: { readonly held: number }) => number,
): number {
  const { highest = 2 * most } = rules;
  const demands = poisson(mean);
  const legal = Array.from({ length: most + 1 }, (_, order) => order).filter((order) => rules.isLegal?.(order) ?? true);
  const index = new Map<string, number>();
  const states: number[][] = [];
  const numberOf = (state: readonly number[]): number => {
    const kept = state.map((entry) => Math.min(entry, highest));
    const key = kept.join();
    const known = index.get(key);
    if (known !== undefined) return known;
    index.set(key, states.length);
    states.push(kept);
    return states.length - 1;
  };
  numberOf(new Array(rules.size).fill(0));
  const choices: { cost: number; next: Int32Array }[][] = [];
  for (let place = 0; place < states.length; place += 1) {
    const state = states[place]!;
    const held = state.reduce((sum, units) => sum + units, 0);
    const orders = policy ? [policy({ held })] : legal;
    choices.push(
      orders.map((order) => {
        const steps = demands.map((_, demand) => rules.step(state, order, demand));
        return {
          cost: steps.reduce((sum, { cost }, demand) => sum + demands[demand]! * cost, 0),
          next: Int32Array.from(steps, ({ next }) => numberOf(next)),
        };
      }),
    );
  }
  return iterate(choices, demands);
}

function iterate(
  choices: readonly (readonly { cost: number; next: Int32Array }[])[],
  demands: readonly number[],
): number {
  let values = new Float64Array(choices.length);
  for (let sweep = 0; sweep < 20_000; sweep += 1) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const next = Float64Array.from(choices, (orders, state) => {
      let best = Number.POSITIVE_INFINITY;
      for (const { cost, next: followers } of orders) {
        let sum = cost;
        for (let demand = 0; demand < demands.length; demand += 1)
          sum += demands[demand]! * values[followers[demand]!]!;
        best = Math.min(best, sum);
      }
      const change = best - values[state]!;
      low = Math.min(low, change);
      high = Math.max(high, change);
      // Nine steps of ten, so that nothing swings.
      return values[state]! + 0.9 * change;
    });
    const start = next[0]!;
    values = next.map((value) => value - start);
    if (high - low < 1e-7) return (low + high) / 2;
  }
  throw new Error('plainOptimum: values do not settle.');
}

function poisson(mean: number): number[] {
  const shares = [Math.exp(-mean)];
  for (let units = 1; shares.at(-1)! > 1e-12 || units < mean; units += 1) shares.push((shares.at(-1)! * mean) / units);
  return shares;
}
