import { refuse } from '../../internal/require.js';
import { newsvendorCost } from '../classic/newsvendor.js';
import type { Demand } from '../demand/demand.js';
import { wholeUnitDemand, withoutTail } from '../demand/whole-units.js';

/** What finiteHorizonReorder finds. */
export interface FiniteHorizonPlan {
  /** `[T]`: s of each period: order when the stock is at or below it; -Infinity where ordering never pays. */
  readonly reorderPoints: Float64Array;
  /** `[T]`: S of each period: order up to it. */
  readonly orderUpTo: Float64Array;
  /** Least mean cost of all periods from the initial stock, discounted. */
  readonly cost: number;
}

/** A season, checked. */
export interface PeriodTable {
  readonly demands: readonly Demand[];
  readonly holding: number;
  readonly penalty: number;
  readonly fixedOrderCost: number;
  readonly unitCost: number;
  readonly discount: number;
  readonly lastHolding: number;
  readonly lastPenalty: number;
  readonly initialStock: number;
}

// Levels times demands of all periods: about ten seconds.
const mostWork = 4e9;

type Pause = () => Promise<void>;

/** Solves a season from its end, on levels from a lowest to a highest that are set apart until no other could matter. */
export async function solveBackward(where: string, table: PeriodTable, pause: Pause): Promise<FiniteHorizonPlan> {
  const { demands, initialStock } = table;
  const whole = new Map(demands.map((demand) => [demand, withoutTail(wholeUnitDemand(demand).probabilities!, 1e-16)]));
  const outcomes = demands.map((demand) => whole.get(demand)!);
  const longest = Math.max(...outcomes.map(({ length }) => length));
  requireOrders(where, table, mostWork / outcomes.reduce((sum, { length }) => sum + length, 0));
  let low = Math.min(0, initialStock) - longest;
  let high = Math.max(longest, initialStock, 1) + economicQuantity(table);
  for (;;) {
    const work = (high - low) * outcomes.reduce((sum, { length }) => sum + length, 0);
    if (work > mostWork) refuse(where, 'demand', 'be counted in larger units, or be of fewer periods', high - low);
    const found = await sweep(table, outcomes, { low, high }, pause);
    if ('plan' in found) return found.plan;
    if (found.beyond === 'low') low -= high - low;
    else high += high - low;
  }
}

// Where customers wait so long until an order pays that levels cannot be counted down to it. With each unit more that waits, `gain` more is
// saved by an order; where it is not above 0 none ever pays, and costs go on down as they are.
function requireOrders(where: string, table: PeriodTable, mostLevels: number): void {
  const { demands, fixedOrderCost, unitCost, penalty, discount, lastPenalty } = table;
  let slope = lastPenalty;
  for (let period = demands.length; period > 0; period -= 1) {
    const gain = penalty + discount * slope - unitCost;
    slope = gain > 0 ? unitCost : penalty + discount * slope;
    const levels = fixedOrderCost / gain;
    if (gain > 0 && levels > mostLevels) {
      const rule = `be so small beside \`penalty\` that an order pays before ${Math.floor(mostLevels)} units wait, not ${levels.toPrecision(3)}`;
      refuse(where, 'fixedOrderCost', rule, fixedOrderCost);
    }
  }
}

function economicQuantity({ demands, fixedOrderCost, holding }: PeriodTable): number {
  const mean = Math.max(0, ...demands.map((demand) => demand.mean));
  return Math.ceil(Math.sqrt((2 * fixedOrderCost * mean) / holding));
}

interface Levels {
  readonly low: number;
  readonly high: number;
}

type Swept = { readonly plan: FiniteHorizonPlan } | { readonly beyond: 'low' | 'high' };

async function sweep(
  table: PeriodTable,
  outcomes: readonly Float64Array[],
  { low, high }: Levels,
  pause: Pause,
): Promise<Swept> {
  const { demands, lastHolding, lastPenalty, initialStock } = table;
  const reorderPoints = new Float64Array(demands.length);
  const orderUpTo = new Float64Array(demands.length);
  let after = Float64Array.from({ length: high - low + 1 }, (_, place) => {
    const stock = low + place;
    return stock > 0 ? lastHolding * stock : -lastPenalty * stock;
  });
  for (let period = demands.length - 1; period >= 0; period -= 1) {
    const held = await costsOfHolding(table, demands[period]!, outcomes[period]!, after, low, pause);
    const choice = bestPair(table, held, low);
    if (typeof choice === 'string') return { beyond: choice };
    reorderPoints[period] = choice.reorderPoint;
    orderUpTo[period] = choice.orderUpTo;
    const top = held[choice.orderUpTo - low]!;
    after = held.map((cost, place) => {
      const stock = low + place;
      if (stock > choice.reorderPoint) return cost;
      return table.fixedOrderCost + table.unitCost * (choice.orderUpTo - stock) + top;
    });
  }
  return { plan: { reorderPoints, orderUpTo, cost: after[initialStock - low]! } };
}

// So many levels are worked out without a pause, times demands.
const stretch = 2 ** 16;

// What each level costs once it is reached: the period itself, and all that follow. Below the lowest level costs go on as a line.
async function costsOfHolding(
  { holding, penalty, discount }: PeriodTable,
  demand: Demand,
  outcomes: Float64Array,
  after: Float64Array,
  low: number,
  pause: Pause,
): Promise<Float64Array> {
  const slope = after[1]! - after[0]!;
  const held = new Float64Array(after.length);
  const every = Math.max(1, Math.floor(stretch / outcomes.length));
  for (let place = 0; place < held.length; place += 1) {
    if (place % every === 0) await pause();
    let future = 0;
    for (let units = 0; units < outcomes.length; units += 1) {
      const left = place - units;
      future += outcomes[units]! * (left >= 0 ? after[left]! : after[0]! + slope * left);
    }
    held[place] = newsvendorCost({ quantity: low + place, demand, holding, penalty }) + discount * future;
  }
  return held;
}

// The pair that costs least, or the side on which a better one may lie.
function bestPair({ fixedOrderCost, unitCost }: PeriodTable, held: Float64Array, low: number) {
  const last = held.length - 1;
  const total = (place: number) => held[place]! + unitCost * place;
  let best = 0;
  for (let place = 1; place <= last; place += 1) if (total(place) < total(best)) best = place;
  // The costs are K-convex: a fall behind a rise by K comes back to no lower cost.
  if (best === last || total(last) <= total(best) + fixedOrderCost) return 'high';
  let point = best - 1;
  while (point >= 0 && total(point) <= total(best) + fixedOrderCost) point -= 1;
  if (point < 0 && total(0) <= total(1)) return { reorderPoint: Number.NEGATIVE_INFINITY, orderUpTo: low + best };
  if (point < 1) return 'low';
  return { reorderPoint: low + point, orderUpTo: low + best };
}
