import { inStretches, piecemeal } from '../../internal/pieces.js';
import type { Rng } from '../../random/rng.js';
import { toProbabilities } from '../../statistics/softmax.js';
import { drawPlace, runningSums } from '../../tables/draw-place.js';
import type { Visit } from './visits.js';

/** Classes of customers who choose alike. */
export interface TasteClasses {
  /** `[K]`: running sums of the classes' shares. */
  readonly shares: Float64Array;
  /** For each class the running sums of the products' chances, `[P]`. */
  readonly products: readonly Float64Array[];
}

const iterations = 25;
// So many lines more does each class count, in which products have their share of all lines.
const smoothing = 50;

/**
 * A mixture of classes by EM: within a class each line of each customer is a draw of its own.
 *
 *     p(lines of a customer) = sum over k of share[k] * product over lines of chance[k, product]
 */
export async function fitTastes(
  visits: readonly (readonly Visit[])[],
  products: number,
  classes: number,
  rng: Rng,
  pause: () => Promise<void>,
): Promise<TasteClasses> {
  const baskets = visits.map((own) => own.flatMap((visit) => [...visit.products]));
  const popularity = new Float64Array(products);
  let lines = 0;
  for (const basket of baskets) {
    for (const product of basket) popularity[product]! += 1;
    lines += basket.length;
  }
  for (let product = 0; product < products; product += 1) popularity[product]! /= lines;
  const count = Math.min(classes, baskets.length);
  const shares = new Float64Array(count).fill(1 / count);
  let chances = await startChances(baskets, popularity, count, rng, pause);
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    const sums = Array.from({ length: count }, () => popularity.map((share) => smoothing * share));
    const weight = new Float64Array(count);
    for (const basket of baskets) {
      await pause();
      const posterior = posteriorOf(basket, shares, chances);
      for (let k = 0; k < count; k += 1) {
        weight[k]! += posterior[k]!;
        if (posterior[k]! > 1e-9) for (const product of basket) sums[k]![product]! += posterior[k]!;
      }
    }
    for (let k = 0; k < count; k += 1) shares[k] = (weight[k]! + 1) / (baskets.length + count);
    chances = await Promise.all(sums.map((sum) => normalized(sum, pause)));
  }
  return { shares: runningSums(shares), products: chances.map(runningSums) };
}

/** Draws a class. */
export function drawClass({ shares }: TasteClasses, rng: Rng): number {
  return drawPlace(shares, 0, shares.length, rng);
}

/** Draws a product as a class chooses. */
export function drawProduct({ products }: TasteClasses, taste: number, rng: Rng): number {
  return drawPlace(products[taste]!, 0, products[taste]!.length, rng);
}

// Each class begins with customers drawn at random.
async function startChances(
  baskets: readonly (readonly number[])[],
  popularity: Float64Array,
  classes: number,
  rng: Rng,
  pause: () => Promise<void>,
): Promise<Float64Array[]> {
  const order = rng.permutation(baskets.length);
  const each = Math.max(1, Math.floor(baskets.length / classes));
  const chances: Float64Array[] = [];
  for (let k = 0; k < classes; k += 1) {
    const sum = popularity.map((share) => smoothing * share);
    for (const customer of order.subarray(k * each, (k + 1) * each)) {
      for (const product of baskets[customer]!) sum[product]! += 1;
    }
    chances.push(await normalized(sum, pause));
  }
  return chances;
}

async function normalized(sums: Float64Array, pause: () => Promise<void>): Promise<Float64Array> {
  let total = 0;
  for (const sum of sums) total += sum;
  const visit = (from: number, to: number) => {
    for (let place = from; place < to; place += 1) sums[place]! /= total;
  };
  await piecemeal(inStretches(sums.length, visit), pause);
  return sums;
}

function posteriorOf(basket: readonly number[], shares: Float64Array, chances: readonly Float64Array[]): Float64Array {
  const logs = shares.map((share) => Math.log(share));
  for (let k = 0; k < logs.length; k += 1) {
    const own = chances[k]!;
    for (const product of basket) logs[k]! += Math.log(own[product]!);
  }
  return toProbabilities(logs);
}
