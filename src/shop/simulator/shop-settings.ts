import { type OptionNames, requireGivenOptions, requireOptions } from '../../internal/options.js';
import { refuse, requireBetween, requireGivenSeed, requirePositiveInteger } from '../../internal/require.js';
import type { ShopSettings, SimulateShopOptions } from './shop-options.js';

const where = 'simulateShop';

const names: OptionNames<SimulateShopOptions> = {
  seed: true,
  users: true,
  items: true,
  days: true,
  start: true,
  categories: true,
  countries: true,
  tasteSize: true,
  tasteStrength: true,
  popularityExponent: true,
  visitsPerYear: true,
  activityShape: true,
  basketSize: true,
  established: true,
  lifetime: true,
  weekdays: true,
  yearlyAmplitude: true,
  categoryAmplitude: true,
  elasticity: true,
  priceChanges: true,
  priceSpread: true,
  promotions: true,
  uplift: true,
  quantity: true,
  returnRate: true,
};

/** Fills in the defaults and refuses what cannot be simulated. */
export function readShopSettings(options: SimulateShopOptions): ShopSettings {
  requireGivenOptions(where, options, names);
  const settings = withDefaults(options);
  requireGivenSeed(where, settings.seed);
  for (const name of ['users', 'items', 'days', 'tasteSize'] as const) {
    requirePositiveInteger(where, name, settings[name]);
  }
  if (settings.tasteSize < 2) refuse(where, 'tasteSize', 'be at least 2', settings.tasteSize);
  if (!Number.isSafeInteger(settings.start)) refuse(where, 'start', 'be whole milliseconds', settings.start);
  requireCategories(settings.categories);
  requireCountries(settings.countries);
  requireWeekdays(settings.weekdays);
  requireNumbers(settings);
  return settings;
}

function withDefaults(options: SimulateShopOptions): ShopSettings {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...defaults(), ...given, seed: options.seed };
}

function defaults(): Omit<ShopSettings, 'seed'> {
  return {
    users: 2000,
    items: 500,
    days: 365,
    start: Date.UTC(2024, 0, 1),
    categories: [
      ...['Candles', 'Mugs', 'Bags', 'Lamps', 'Cushions'],
      ...['Garden', 'Stationery', 'Toys', 'Kitchen', 'Jewellery'],
    ],
    countries: [
      { name: 'United Kingdom', share: 0.6 },
      { name: 'Germany', share: 0.15 },
      { name: 'France', share: 0.12 },
      { name: 'Spain', share: 0.08 },
      { name: 'Norway', share: 0.05 },
    ],
    tasteSize: 8,
    tasteStrength: 3,
    popularityExponent: 0.7,
    visitsPerYear: 12,
    activityShape: 0.7,
    basketSize: 5,
    established: 0.6,
    lifetime: 730,
    weekdays: [0.9, 0.9, 1, 1.1, 1.2, 1.3, 0.6],
    yearlyAmplitude: 0.3,
    categoryAmplitude: 0.6,
    elasticity: -1.8,
    priceChanges: 3,
    priceSpread: 0.1,
    promotions: 2,
    uplift: 1.5,
    quantity: 1.6,
    returnRate: 0.05,
  };
}

function requireNumbers(settings: ShopSettings): void {
  const most = Number.MAX_VALUE;
  const closed = { closed: true };
  requireBetween(where, 'tasteStrength', settings.tasteStrength, 0, 8, closed);
  requireBetween(where, 'popularityExponent', settings.popularityExponent, 0, 2, closed);
  requireBetween(where, 'established', settings.established, 0, 1, closed);
  requireBetween(where, 'yearlyAmplitude', settings.yearlyAmplitude, 0, 1);
  requireBetween(where, 'categoryAmplitude', settings.categoryAmplitude, 0, 1);
  requireBetween(where, 'elasticity', settings.elasticity, -20, 20, closed);
  requireBetween(where, 'priceChanges', settings.priceChanges, 0, 365, closed);
  requireBetween(where, 'priceSpread', settings.priceSpread, 0, 1, closed);
  requireBetween(where, 'promotions', settings.promotions, 0, 50, closed);
  requireBetween(where, 'uplift', settings.uplift, 1, 100, closed);
  requireBetween(where, 'quantity', settings.quantity, 1, 1e4, closed);
  requireBetween(where, 'returnRate', settings.returnRate, 0, 1, closed);
  for (const name of ['visitsPerYear', 'activityShape', 'basketSize'] as const) {
    requireBetween(where, name, settings[name], Number.MIN_VALUE, most, closed);
  }
  if (!(settings.lifetime > 0)) refuse(where, 'lifetime', 'be a number > 0', settings.lifetime);
}

function requireCategories(categories: unknown): void {
  const fit =
    Array.isArray(categories) && categories.length > 0 && categories.every((name) => typeof name === 'string');
  if (!fit) refuse(where, 'categories', 'be an array of names, not empty', categories);
}

function requireCountries(countries: ShopSettings['countries']): void {
  const isCountry = (country: ShopSettings['countries'][number]) =>
    typeof country?.name === 'string' && country.share > 0 && Number.isFinite(country.share);
  const fit = Array.isArray(countries) && countries.length > 0 && countries.every(isCountry);
  if (!fit) refuse(where, 'countries', 'be an array of { name, share }, share > 0, not empty', countries);
  for (const country of countries) requireOptions(where, country, { name: true, share: true }, 'countries');
}

function requireWeekdays(weekdays: ShopSettings['weekdays']): void {
  const fit =
    Array.isArray(weekdays) &&
    weekdays.length === 7 &&
    weekdays.every((factor) => factor >= 0 && Number.isFinite(factor)) &&
    weekdays.some((factor) => factor > 0);
  if (!fit) refuse(where, 'weekdays', 'be seven numbers >= 0, not all 0', weekdays);
}
