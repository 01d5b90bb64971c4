import {
  boostedForecast,
  createPeriodSales,
  createRng,
  type ForecastMethod,
  type Id,
  type KnownAhead,
  type LearnedForecastMethod,
  learnForecastMethod,
  networkForecast,
  type PeriodSales,
} from 'minimart';

const placeOf = (product: Id) => Number(String(product).slice(1));

/** Groups, and a price that is not always known. */
export const known = {
  numbers: {
    price: (product: Id, period: number) => ((placeOf(product) + period) % 7 === 0 ? Number.NaN : 1 + (period % 3)),
  },
  groups: { kind: (product: Id) => `kind ${placeOf(product) % 4}` },
} satisfies KnownAhead;

/** Days of products in an order; the numbers of a product depend on nothing else. */
export function daysOf(products: readonly number[], days: number): PeriodSales {
  const series = Object.fromEntries(
    products.map((product) => {
      const rng = createRng(product);
      const sold = () => Math.max(0, Math.round(3 + (product % 5) + 2 * rng.normal()));
      return [`p${product}`, Array.from({ length: days }, (_, day) => (day < product % 3 ? Number.NaN : sold()))];
    }),
  );
  return createPeriodSales(series, { period: 'day', start: Date.UTC(2026, 0, 5) });
}

/** The first products. */
export const first = Array.from({ length: 16 }, (_, place) => place);

const small = { networks: 2, hidden: [5], embeddingSize: 2, epochs: 3, learningRate: 0.003 };

/** What learns, by name. */
export const methods: Readonly<Record<string, () => ForecastMethod>> = {
  network: () => networkForecast({ ...known, ...small, season: 7 }),
  quantiles: () => networkForecast({ ...known, ...small, head: 'quantiles' }),
  trees: () => boostedForecast({ ...known, rounds: 8, season: 7 }),
};

const made = new Map<string, Promise<LearnedForecastMethod>>();

/** The same after it has learned from forty days, once. */
export function learned(name: string): Promise<LearnedForecastMethod> {
  const found = made.get(name) ?? learnForecastMethod(daysOf(first, 40), { method: methods[name]!(), horizon: 3 });
  made.set(name, found);
  return found;
}
