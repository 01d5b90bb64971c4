import { drawExponential, drawGamma } from '../../../random/gamma.js';
import type { Rng } from '../../../random/rng.js';
import type { ShopSettings } from '../shop-options.js';
import type { SimulatedShop } from '../simulated-shop.js';
import { drawColumn, ids } from './make-items.js';
import { addRow, scaleTo, unitVectors } from './unit-vectors.js';

/** What a taste is made of, beside 1 of the user's own: three favourite categories and the country. */
const favouriteParts: readonly number[] = [1, 0.6, 0.3];
const countryPart = 0.4;

/** Draws the users; `normalizers` are for {@link addDemand} to fill in. */
export function makeUsers(
  settings: ShopSettings,
  categories: SimulatedShop['categories'],
  rng: Rng,
): SimulatedShop['users'] {
  const { users: count, activityShape, visitsPerYear, basketSize, established, days } = settings;
  const column = (name: string, draw: (stream: Rng) => number) => drawColumn(rng.stream(name), count, draw);
  const countries = Int32Array.from(column('countries', (stream) => drawCountry(stream, settings.countries)));
  const joinDays = Int32Array.from(
    column('joining', (stream) => {
      const [isNew, place] = [stream.uniform() >= established, stream.uniform()];
      return isNew ? Math.floor(place * days) : 0;
    }),
  );
  return {
    ids: ids('U', count, 5),
    countries,
    tastes: makeTastes(settings, categories, countries, rng.stream('tastes')),
    normalizers: new Float64Array(count),
    visitRates: column(
      'activity',
      (stream) => (visitsPerYear / 365.25 / activityShape) * drawGamma(stream, activityShape),
    ),
    basketSizes: column('baskets', (stream) => (basketSize / 4) * drawGamma(stream, 4)),
    bulkFactors: column('bulk', (stream) => (stream.uniform() < 0.05 ? 10 : 1)),
    joinDays,
    churnDays: churnDays(settings, joinDays, rng.stream('lifetimes')),
  };
}

// Users leave at a constant rate each, and the rates are gamma numbers of shape 2: lifetimes are Pareto numbers.
function churnDays({ lifetime }: ShopSettings, joinDays: Int32Array, rng: Rng): Int32Array {
  const farAway = 2 ** 31 - 1;
  return joinDays.map((joined) => {
    const stay = (lifetime * drawExponential(rng)) / drawGamma(rng, 2);
    return Math.min(farAway, joined + Math.ceil(stay));
  });
}

function makeTastes(settings: ShopSettings, { centres }: SimulatedShop['categories'], countries: Int32Array, rng: Rng) {
  const { users, tasteSize, tasteStrength } = settings;
  const categories = settings.categories.length;
  const byCountry = unitVectors(rng.stream('countries'), settings.countries.length, tasteSize);
  const tastes = unitVectors(rng.stream('directions'), users, tasteSize);
  const favourites = rng.stream('favourites');
  const strengths = rng.stream('strengths');
  for (let user = 0; user < users; user += 1) {
    const taste = tastes.subarray(user * tasteSize, (user + 1) * tasteSize);
    for (const part of favouriteParts) addRow(taste, centres, favourites.integer(categories), part);
    addRow(taste, byCountry, countries[user]!, countryPart);
    scaleTo(taste, tasteStrength * (0.5 + strengths.uniform()));
  }
  return tastes;
}

function drawCountry(stream: Rng, countries: readonly ShopSettings['countries'][number][]): number {
  let left = stream.uniform() * countries.reduce((sum, { share }) => sum + share, 0);
  const found = countries.findIndex(({ share }) => {
    left -= share;
    return left < 0;
  });
  return found < 0 ? countries.length - 1 : found;
}
