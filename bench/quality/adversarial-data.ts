import {
  categoryColumn,
  countColumn,
  formatOrders,
  type Interactions,
  idColumn,
  leaveLastOut,
  parseTable,
  simulateShop,
  timeColumn,
  toInteractions,
} from 'minimart';
import { loadMovieLens } from '../recsys/movielens.js';
import { loadOnlineRetail } from '../recsys/online-retail-data.js';
import { sharedData } from '../recsys/shared-data.js';

/** Who chose what, split by each user's last new item. */
export interface Choices {
  readonly name: string;
  readonly train: Interactions;
  readonly test: Interactions;
}

/** A simulated shop of its default size, as it would be read from its export. */
export function shopChoices(seed: number): Choices {
  const orders = parseTable(formatOrders(simulateShop({ seed })), {
    Order: idColumn(),
    Product: idColumn(),
    Category: categoryColumn(),
    Quantity: countColumn(),
    Time: timeColumn(),
    Customer: idColumn(),
  });
  const all = toInteractions(orders, {
    user: 'Customer',
    item: 'Product',
    time: 'Time',
    weight: 'Quantity',
    order: 'Order',
    cancellationPrefix: 'C',
    duplicates: 'first',
  });
  return { name: `simulated shop, seed ${seed}`, ...leaveLastOut(all, { unit: 'row' }) };
}

/** The real data sets that are there. */
export function realChoices(): Choices[] {
  const movieLens = loadMovieLens();
  const found: Choices[] = movieLens ? [{ name: 'MovieLens-1M', ...movieLens }] : [];
  if (!sharedData('online-retail', 'online-retail.csv.gz')) return found;
  const { train, test } = loadOnlineRetail('row');
  return [...found, { name: 'UCI Online Retail', train, test }];
}
