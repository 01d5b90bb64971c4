import type { Rng } from '../../../random/rng.js';
import type { ShopSettings } from '../shop-options.js';
import type { SimulatedShop } from '../simulated-shop.js';
import { addRow, scaleTo, unitVectors } from './unit-vectors.js';

/** How much of an item's style comes from its category, beside 1 of its own. */
const categoryPart = 1.2;

/** Draws the categories. Each column has a stream of its own. */
export function makeCategories(settings: ShopSettings, rng: Rng): SimulatedShop['categories'] {
  const { categories: names, tasteSize, categoryAmplitude, elasticity } = settings;
  const column = (name: string, draw: (stream: Rng) => number) => drawColumn(rng.stream(name), names.length, draw);
  return {
    names,
    centres: unitVectors(rng.stream('centres'), names.length, tasteSize),
    amplitudes: column('amplitudes', (stream) => categoryAmplitude * stream.uniform()),
    peakDays: column('peaks', (stream) => stream.integer(365)),
    elasticities: column('elasticities', (stream) => elasticity * (0.6 + 0.8 * stream.uniform())),
    prices: column('prices', (stream) => 8 * Math.exp(0.6 * stream.normal())),
  };
}

/** Draws the items; `baseRates` are for {@link addDemand} to fill in. */
export function makeItems(
  settings: ShopSettings,
  categories: SimulatedShop['categories'],
  rng: Rng,
): SimulatedShop['items'] {
  const { items: count, popularityExponent, quantity, returnRate } = settings;
  const column = (name: string, draw: (stream: Rng) => number) => drawColumn(rng.stream(name), count, draw);
  const kinds = Int32Array.from(column('categories', (stream) => stream.integer(categories.names.length)));
  const listPrices = column('prices', (stream) => Math.exp(0.5 * stream.normal())).map((factor, item) =>
    toCents(factor * categories.prices[kinds[item]!]!),
  );
  const spread = column('elasticities', (stream) => 0.8 + 0.4 * stream.uniform());
  return {
    ids: ids('P', count, 4),
    categories: kinds,
    styles: makeStyles(settings, categories, kinds, rng.stream('styles')),
    // Uniform numbers stand for rank / count: the weights fall as rank^-exponent.
    popularities: column('popularities', (stream) => -popularityExponent * Math.log(1 - stream.uniform())),
    listPrices,
    elasticities: spread.map((factor, item) => factor * categories.elasticities[kinds[item]!]!),
    quantities: column('quantities', (stream) => 1 + (quantity - 1) * 2 * stream.uniform()),
    returnRates: column('returns', (stream) => returnRate * (1 + Math.min(1, 1 / returnRate - 1) * sign(stream))),
    baseRates: new Float64Array(count),
  };
}

/** A price in whole cents, at least one. */
export function toCents(price: number): number {
  return Math.max(1, Math.round(100 * price)) / 100;
}

/** `U00001`, `U00002` and so on. */
export function ids(letter: string, count: number, digits: number): string[] {
  return Array.from({ length: count }, (_, index) => letter + String(index + 1).padStart(digits, '0'));
}

/** `count` numbers drawn one after the other. */
export function drawColumn(stream: Rng, count: number, draw: (stream: Rng) => number): Float64Array {
  const column = new Float64Array(count);
  for (let index = 0; index < count; index += 1) column[index] = draw(stream);
  return column;
}

function makeStyles(
  { tasteSize }: ShopSettings,
  { centres }: SimulatedShop['categories'],
  kinds: Int32Array,
  rng: Rng,
): Float32Array {
  const styles = unitVectors(rng, kinds.length, tasteSize);
  kinds.forEach((kind, item) => {
    const style = styles.subarray(item * tasteSize, (item + 1) * tasteSize);
    addRow(style, centres, kind, categoryPart);
    scaleTo(style, 1);
  });
  return styles;
}

// Uniform in [-1, 1).
const sign = (stream: Rng) => 2 * stream.uniform() - 1;
