import {
  blockBootstrap,
  type DailyDemand,
  type DecisionRegret,
  decisionRegret,
  demandByDay,
  learnDemand,
} from 'minimart';
import type { Sales } from './load-lines.js';

/** Cost of a piece in stock for a day, and of a piece that was asked for and not there. */
export const stock = { leadTime: 2, holding: 1, penalty: 9 } as const;

const seeds = [1, 2, 3] as const;

/** Virtual days of each seed. */
const virtualDays = 1000;

/** What stock rules learned from recorded and from virtual days cost on later days. */
export interface StockResult {
  readonly product: string;
  /** What kind of seller it is. */
  readonly kind: string;
  /** Recorded days that were learned from. */
  readonly recorded: DailyDemand;
  readonly heldOut: DailyDemand;
  /** As many virtual days as were held out. */
  readonly virtual: DailyDemand;
  readonly regret: DecisionRegret;
}

/** Learns the demand for three products from the first two thirds of the days, and prices stock rules on the rest. */
export async function priceStockRules({ sales }: Sales, signal: AbortSignal): Promise<StockResult[]> {
  const times = sales.columns.time.values;
  const [first, last] = [times[0]!, times.at(-1)!];
  const cut = first + (2 / 3) * (last - first);
  const count = (from: number, to: number, products?: readonly string[]) =>
    demandByDay(sales, {
      product: 'product',
      time: 'time',
      pieces: 'pieces',
      from,
      to,
      signal,
      ...(products && { products }),
    });
  const kinds = chooseProducts(await count(first, cut));
  const products = kinds.map(({ product }) => product);
  const [recorded, heldOut] = [await count(first, cut, products), await count(cut + 24 * 3600e3, last, products)];
  const models = {
    virtual: await learnDemand(recorded, { signal }),
    bootstrap: blockBootstrap(recorded),
  };
  const samples = await Promise.all(
    Object.entries(models).map(async ([name, model]) => {
      const runs = [];
      for (const seed of seeds) runs.push(await model.sample(virtualDays, { seed, signal }));
      return [name, runs] as const;
    }),
  );
  const virtual = await models.virtual.sample(heldOut.days, { seed: 4, signal });
  const results: StockResult[] = [];
  for (const { product, kind } of kinds) {
    const sources = Object.fromEntries([
      ['recorded days', [[recorded.series(product)]]],
      ...samples.map(([name, runs]) => [
        name === 'virtual' ? 'virtual days' : 'bootstrap of blocks',
        runs.map((days) => [days.series(product)]),
      ]),
    ]);
    const regret = await decisionRegret(heldOut.series(product), { sources, ...stock, signal });
    results.push({ product, kind, recorded, heldOut, virtual, regret });
  }
  return results;
}

interface Kind {
  readonly product: string;
  readonly kind: string;
}

// Of products sold on ten days or more: the one on most days, the one at a fifth of them, and the one whose days differ most.
function chooseProducts(demand: DailyDemand): Kind[] {
  const { ids } = demand.products.toJSON();
  const all = ids.map((id) => {
    const product = String(id);
    const sold = demand.series(product).filter((pieces) => pieces > 0);
    const mean = sold.reduce((sum, pieces) => sum + pieces, 0) / sold.length;
    const square = sold.reduce((sum, pieces) => sum + (pieces - mean) ** 2, 0) / sold.length;
    return { product, days: sold.length, variation: square / mean ** 2 };
  });
  const often = all.filter(({ days }) => days >= 10).sort((a, b) => b.days - a.days);
  const fast = often[0];
  const slow = often.find(({ days, product }) => days <= fast!.days / 5 && product !== fast!.product) ?? often.at(-1);
  const lumpy = [...often]
    .sort((a, b) => b.variation - a.variation)
    .find(({ product }) => product !== fast?.product && product !== slow?.product);
  if (!fast || !slow || !lumpy) throw new Error('Stock rules need three products that were sold on ten days or more.');
  return [
    { product: fast.product, kind: 'sold on most days' },
    { product: slow.product, kind: 'sold seldom' },
    { product: lumpy.product, kind: 'sold in lumps' },
  ];
}
