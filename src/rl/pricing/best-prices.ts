import { requireGivenOptions } from '../../internal/options.js';
import { requireFunction, requireWholeNumber } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { type Choice, type JointMarket, type JointPricing, jointMarket } from './joint-pricing.js';
import { BoxHeap, boxOf, climb, halves, type PriceBox } from './price-boxes.js';

/** Options of {@link bestPrices}. */
export interface BestPricesOptions extends JointPricing {
  /** How many boxes of prices to look into before the best so far is good enough, a whole number >= 1. Default 20,000. */
  readonly mostBoxes?: number;
  /** Called every 500 boxes with what is known by then; a promise is waited for. */
  readonly onProgress?: (report: {
    /** Boxes looked into. */
    readonly boxes: number;
    /** Mean profit of the best prices so far. */
    readonly profit: number;
    /** What no prices earn more than. */
    readonly bound: number;
  }) => void | Promise<void>;
  /** Stops the work: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** Prices of several products, and what they earn. */
export interface PricesTogether {
  /** `[P]`: the prices, in the order of the products. */
  readonly prices: readonly number[];
  /** `[P]`: mean units sold in a period at these prices. */
  readonly units: readonly number[];
  /** Mean profit of a period. */
  readonly profit: number;
}

const where = 'bestPrices';
const reportEvery = 500;

/**
 * The prices of several products that earn most together, where the price of one moves the demand for another.
 *
 *     maximise sum over p of (price_p - unitCost_p) E min(D_p, capacity_p),   D_p ~ Poisson(mean_p)
 *     mean_p = units_p (price_p / at_p)^-elasticity_p * product over q of (price_q / at_q)^crossElasticity_pq
 *
 * over all choices from the products' lists of prices. Branch and bound: boxes of prices are halved, those with the highest bound first, until none can
 * hold anything better than the best prices found; these come from climbing and from the boxes. So the answer is exact where `bound` is `profit`, up to
 * a part in 10^9; with many products and strong cross effects `mostBoxes` may end the search before, and `bound` says what that can have cost.
 *
 * Beside it stands the simple rival, `alone`: each product at the price that is best for itself while all others stay at `at`. How unsure elasticities
 * are is not part of the problem: cross effects that are mostly chance move prices for nothing.
 *
 * @returns The prices, their profit, its bound, and what each product alone would have done.
 * @throws RangeError when an option is unknown or out of range; the reason of `signal`.
 * @see Land and Doig, "An Automatic Method of Solving Discrete Programming Problems" (1960)
 * @see Talluri and van Ryzin, "The Theory and Practice of Revenue Management" (2004), chapter 5
 * @example
 * // Who finds tea too dear takes coffee: then tea may cost more than it would alone.
 * const products = [
 *   { name: 'tea', units: 10, at: 4, elasticity: 3, unitCost: 2, prices: [2.5, 3, 3.5, 4, 4.5] },
 *   { name: 'coffee', units: 5, at: 8, elasticity: 2.5, unitCost: 5, prices: [7, 8, 9, 10] },
 * ];
 * const found = await bestPrices({ products, crossElasticities: [[0, 0], [1, 0]] });
 * found.prices; // [3.5, 8]
 * found.profit; // 35.5157
 * found.alone.prices; // [3, 8]
 * found.alone.profit; // 34.9537
 * found.bound - found.profit < 1e-6; // true
 */
export async function bestPrices(options: BestPricesOptions): Promise<
  PricesTogether & {
    /** What no choice of prices earns more than. */
    readonly bound: number;
    /** Boxes looked into. */
    readonly boxes: number;
    /** Each product at the price that is best for itself alone. */
    readonly alone: PricesTogether;
  }
> {
  requireGivenOptions(where, options, {
    ...{ products: true, crossElasticities: true, mostBoxes: true, onProgress: true, signal: true },
  });
  const { mostBoxes = 20_000, onProgress, signal, ...problem } = options;
  requireWholeNumber(where, 'mostBoxes', mostBoxes, 1, 1e7);
  requireFunction(where, 'onProgress', onProgress);
  const pause = pauseFor(where, signal);
  const market = jointMarket(where, problem);
  const alone = aloneIn(market);
  const found = await search(market, alone, { mostBoxes, onProgress }, pause);
  return {
    ...together(market, found.choice),
    bound: found.bound,
    boxes: found.boxes,
    alone: together(market, alone),
  };
}

function together(market: JointMarket, choice: Choice): PricesTogether {
  const prices = market.products.map(({ prices: list }, product) => list[choice[product]!]!);
  return { prices, units: Array.from(market.units(choice)), profit: market.profit(choice) };
}

function aloneIn({ products, effects, profitOf }: JointMarket): Choice {
  return Int32Array.from(products, ({ prices }, product) => {
    const profits = prices.map((_, price) => profitOf(product, price, effects[product]![product]![price]!));
    return profits.indexOf(Math.max(...profits));
  });
}

async function search(
  market: JointMarket,
  start: Choice,
  { mostBoxes, onProgress }: Pick<BestPricesOptions, 'onProgress'> & { readonly mostBoxes: number },
  pause: () => Promise<void>,
) {
  let best = climb(market, start);
  const first = Int32Array.from(market.products, () => 0);
  const last = Int32Array.from(market.products, ({ prices }) => prices.length - 1);
  const heap = new BoxHeap();
  const isOpen = ({ bound }: PriceBox) => bound > best.profit + 1e-9 * Math.abs(best.profit);
  const look = (from: Int32Array, to: Int32Array) => {
    const box = boxOf(market, from, to);
    if (market.profit(box.choice) > best.profit) best = climb(market, box.choice);
    if (box.widest >= 0 && isOpen(box)) heap.push(box);
  };
  look(first, last);
  let boxes = 1;
  while (heap.top && isOpen(heap.top) && boxes < mostBoxes) {
    await pause();
    for (const [from, to] of halves(heap.pop()!)) look(from, to);
    boxes += 2;
    const bound = Math.max(best.profit, heap.top?.bound ?? best.profit);
    if (Math.floor(boxes / reportEvery) > Math.floor((boxes - 2) / reportEvery)) {
      await onProgress?.({ boxes, profit: best.profit, bound });
    }
  }
  return { choice: best.choice, bound: Math.max(best.profit, heap.top?.bound ?? best.profit), boxes };
}
