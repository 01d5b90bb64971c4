import { requireGivenOptions } from '../../internal/options.js';
import { refuse, requirePositive } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { finiteAnswer } from './finite-answer.js';
import { type CheckedProduct, leastPacks, requireProducts, type SharedProduct } from './shared-products.js';

/** What {@link shareBudget} finds. */
export interface SharedBudget {
  /** `[N]`: the base-stock level of each product, whole packs. */
  readonly levels: Float64Array;
  /** Mean cost per period of all products, the money itself left out. */
  readonly cost: number;
  /** Money that the levels take up, at most the budget. */
  readonly spent: number;
  /** What one more unit of money would save per period: 0 where the budget is more than enough. */
  readonly multiplier: number;
  /** What no levels within the budget cost less than: nothing is missing up to it. */
  readonly bound: number;
}

/**
 * Base-stock levels of several products whose stock is paid from one budget: the least cost of all together.
 *
 *     minimise sum of G_i(S_i)  subject to  sum of unitCost_i S_i <= budget
 *
 * G_i is the newsvendor's cost of the demand of lead time and one period: exact where customers wait, and without a lead time where they
 * leave; that whole packs cannot always reach the level is not counted. Every further pack saves less than the one before, so that all products are filled until a unit of money saves the same
 * everywhere (the Lagrange multiplier), and what is left of the budget goes to the packs that save most and still fit. With packs that all cost the
 * same that is the optimum; otherwise it misses `bound` by less than one pack saves.
 *
 * @param products - Each with its demand of one period and its costs.
 * @returns Levels in the order of the products, their cost and what they take up.
 * @throws RangeError when an option is unknown or out of range, or the budget buys no pack of any product; the reason of `signal`.
 * @see Hadley and Whitin, "Analysis of Inventory Systems" (1963); Fox, "Discrete Optimization via Marginal Analysis" (1966)
 * @example
 * const products = [
 *   { demand: poissonDemand(20), holding: 1, penalty: 9, unitCost: 4 },
 *   { demand: poissonDemand(5), holding: 1, penalty: 30, unitCost: 10 },
 * ];
 * const { levels, spent } = await shareBudget(products, { budget: 150 });
 * levels; // Float64Array [22, 6]
 * spent; // 148
 */
export async function shareBudget(
  products: readonly SharedProduct[],
  options: {
    /** Money for stock and orders under way, > 0. */
    readonly budget: number;
    /** Stops the work: the promise then rejects with its reason. */
    readonly signal?: AbortSignal;
  },
): Promise<SharedBudget> {
  const where = 'shareBudget';
  requireGivenOptions(where, options, { budget: true, signal: true });
  const { budget, signal } = options;
  const pause = pauseFor(where, signal);
  requirePositive(where, 'budget', budget);
  const shelves = requireProducts(where, products).map(shelfOf);
  const cheapest = Math.min(...shelves.map(({ price }) => price));
  if (budget < cheapest) refuse(where, 'budget', `buy a pack of some product: the cheapest costs ${cheapest}`, budget);
  const { packs, multiplier } = await fill(shelves, budget, pause);
  await spendRest(shelves, budget, packs, pause);
  const cost = sumOf(shelves, (shelf, place) => shelf.costOf(packs[place]!));
  const priced = (shelf: Shelf) => {
    const least = shelf.packsAt(multiplier);
    return shelf.costOf(least) + multiplier * shelf.price * least;
  };
  return finiteAnswer(where, {
    levels: packs.map((count, place) => count * shelves[place]!.packSize),
    cost,
    spent: spentOn(shelves, packs),
    multiplier,
    bound: Math.min(cost, sumOf(shelves, priced) - multiplier * budget),
  });
}

/** One product in packs. */
interface Shelf {
  readonly packSize: number;
  /** Money that a pack takes up. */
  readonly price: number;
  costOf(packs: number): number;
  /** The packs that are best where a unit of money costs so much. */
  packsAt(multiplier: number): number;
}

function shelfOf({ costAfter, leadTime, unitCost, packSize }: CheckedProduct): Shelf {
  const price = unitCost * packSize;
  const costOf = (packs: number) => costAfter(packs * packSize, leadTime + 1);
  return {
    packSize,
    price,
    costOf,
    packsAt: (multiplier) => leastPacks((packs) => costOf(packs) + multiplier * price * packs),
  };
}

const sumOf = (shelves: readonly Shelf[], of: (shelf: Shelf, place: number) => number) =>
  shelves.reduce((sum, shelf, place) => sum + of(shelf, place), 0);

const spentOn = (shelves: readonly Shelf[], packs: ArrayLike<number>) =>
  sumOf(shelves, ({ price }, place) => price * packs[place]!);

type Pause = () => Promise<void>;

async function packsOf(shelves: readonly Shelf[], multiplier: number, pause: Pause): Promise<Float64Array> {
  const packs = new Float64Array(shelves.length);
  for (const [place, shelf] of shelves.entries()) {
    packs[place] = shelf.packsAt(multiplier);
    if (place % 64 === 0) await pause();
  }
  return packs;
}

// The least multiplier at which the budget is enough, to fifteen digits.
async function fill(shelves: readonly Shelf[], budget: number, pause: Pause) {
  const free = await packsOf(shelves, 0, pause);
  if (spentOn(shelves, free) <= budget) return { packs: free, multiplier: 0 };
  let [low, high] = [0, 1];
  let packs = await packsOf(shelves, high, pause);
  for (; spentOn(shelves, packs) > budget; high *= 2) packs = await packsOf(shelves, 2 * high, pause);
  for (let halving = 0; halving < 60 && high - low > 1e-15 * high; halving += 1) {
    const middle = (low + high) / 2;
    const tried = await packsOf(shelves, middle, pause);
    if (spentOn(shelves, tried) > budget) low = middle;
    else [high, packs] = [middle, tried];
  }
  return { packs, multiplier: high };
}

// One pack at a time, of those that fit the one that saves most for its money.
async function spendRest(shelves: readonly Shelf[], budget: number, packs: Float64Array, pause: Pause): Promise<void> {
  let left = budget - spentOn(shelves, packs);
  for (;;) {
    let [best, most] = [-1, 0];
    for (const [place, { price, costOf }] of shelves.entries()) {
      const saved = costOf(packs[place]!) - costOf(packs[place]! + 1);
      if (price <= left * (1 + 1e-12) && price > 0 && saved / price > most) [best, most] = [place, saved / price];
    }
    await pause();
    if (best < 0) return;
    packs[best]! += 1;
    left -= shelves[best]!.price;
  }
}
