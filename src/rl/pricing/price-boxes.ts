import type { Choice, JointMarket } from './joint-pricing.js';

/** For each product the places of its first and last price. */
export interface PriceBox {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** No choice in the box earns more. */
  readonly bound: number;
  /** The choice at which each product by itself comes to the bound. */
  readonly choice: Choice;
  /** The product whose price moves the bound most, -1 where the bound is reached. */
  readonly widest: number;
}

/**
 * Bounds what prices in a box can earn: each product at its best own price, with the prices of the others as favourable to it as the box allows.
 *
 *     bound = sum over p of max over k of (price_pk - unitCost_p) sold_p(own_pk + sum over q of max (min where that earns less than 0) of effect_pq)
 */
export function boxOf(market: JointMarket, from: Int32Array, to: Int32Array): PriceBox {
  const { products, effects, profitOf } = market;
  const choice = from.slice();
  const moved = new Float64Array(products.length);
  let bound = 0;
  for (let p = 0; p < products.length; p += 1) {
    const ranges = effects[p]!.map((own, q) => (q === p ? [0, 0] : rangeOf(own, from[q]!, to[q]!)));
    const [least, most] = [0, 1].map((end) => ranges.reduce((sum, range) => sum + range[end]!, 0));
    let best = Number.NEGATIVE_INFINITY;
    for (let k = from[p]!; k <= to[p]!; k += 1) {
      const margin = products[p]!.prices[k]! - products[p]!.unitCost;
      const profit = profitOf(p, k, effects[p]![p]![k]! + (margin > 0 ? most! : least!));
      if (profit > best) [best, choice[p]] = [profit, k];
    }
    bound += best;
    for (const [q, [low, high]] of ranges.entries()) moved[q]! += Math.abs(best) * (high! - low!);
  }
  let widest = -1;
  for (const [q, move] of moved.entries()) if (move > (widest < 0 ? 0 : moved[widest]!)) widest = q;
  return { from, to, bound, choice, widest };
}

function rangeOf(effects: Float64Array, from: number, to: number): [number, number] {
  let [low, high] = [effects[from]!, effects[from]!];
  for (let k = from + 1; k <= to; k += 1) {
    low = Math.min(low, effects[k]!);
    high = Math.max(high, effects[k]!);
  }
  return [low, high];
}

/** The two halves of a box along its widest product. */
export function halves({ from, to, widest }: PriceBox): [Int32Array, Int32Array][] {
  const middle = (from[widest]! + to[widest]!) >> 1;
  const [lower, upper] = [to.slice(), from.slice()];
  lower[widest] = middle;
  upper[widest] = middle + 1;
  return [
    [from, lower],
    [upper, to],
  ];
}

/** Boxes, the one with the highest bound first: a binary heap. */
export class BoxHeap {
  readonly #boxes: PriceBox[] = [];

  get top(): PriceBox | undefined {
    return this.#boxes[0];
  }

  push(box: PriceBox): void {
    const boxes = this.#boxes;
    let place = boxes.push(box) - 1;
    for (let parent = (place - 1) >> 1; place > 0 && boxes[parent]!.bound < box.bound; parent = (place - 1) >> 1) {
      boxes[place] = boxes[parent]!;
      place = parent;
    }
    boxes[place] = box;
  }

  pop(): PriceBox | undefined {
    const boxes = this.#boxes;
    const [top, last] = [boxes[0], boxes.pop()];
    if (boxes.length === 0 || !last) return top;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= boxes.length) break;
      if (child + 1 < boxes.length && boxes[child + 1]!.bound > boxes[child]!.bound) child += 1;
      if (boxes[child]!.bound <= last.bound) break;
      boxes[place] = boxes[child]!;
      place = child;
    }
    boxes[place] = last;
    return top;
  }
}

/** Changes one price after the other to the one that earns most, until none earns more. */
export function climb(market: JointMarket, start: Choice): { choice: Choice; profit: number } {
  const choice = start.slice();
  let profit = market.profit(choice);
  for (let improved = true; improved; ) {
    improved = false;
    for (let p = 0; p < choice.length; p += 1) {
      let best = choice[p]!;
      for (let k = 0; k < market.products[p]!.prices.length; k += 1) {
        choice[p] = k;
        const reached = market.profit(choice);
        if (reached > profit * (1 + Math.sign(profit) * 1e-12)) [best, profit, improved] = [k, reached, true];
      }
      choice[p] = best;
    }
  }
  return { choice, profit };
}
