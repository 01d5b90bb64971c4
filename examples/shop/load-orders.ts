import {
  type CodedColumn,
  categoryColumn,
  countColumn,
  formatOrders,
  idColumn,
  parseTable,
  type SimulatedShop,
  simulateShop,
  type TableInteractions,
  timeColumn,
  toInteractions,
  type Vocabulary,
  wholeNumberId,
} from 'minimart';
import { readTableFile } from 'minimart/node';
import type { Settings } from './options.js';

/** One feature of users or of items. */
export interface SideFeature {
  readonly vocabulary: Vocabulary;
  /** By index of the user or item. */
  readonly values: Int32Array;
}

/** Orders as models learn from them. */
export interface Orders {
  /** What they are, in a few words. */
  readonly name: string;
  readonly interactions: TableInteractions;
  readonly country: SideFeature;
  /** Of items; Online Retail has none. */
  readonly category?: SideFeature;
  /** What the orders come from, where they are simulated. */
  readonly shop?: SimulatedShop;
}

/** Reads the orders of a file, or simulates a shop and reads what it exports. */
export async function loadOrders({ data, seed, users, items, days }: Settings): Promise<Orders> {
  if (data !== undefined) return readOnlineRetail(data);
  const shop = simulateShop({ seed, users, items, days });
  return { ...readSimulated(formatOrders(shop)), shop };
}

function readSimulated(csv: string): Orders {
  const table = parseTable(csv, {
    Order: idColumn(),
    Product: idColumn(),
    Category: categoryColumn(),
    Quantity: countColumn(),
    Time: timeColumn(),
    Customer: idColumn(),
    Country: categoryColumn(),
  });
  const interactions = toInteractions(table, {
    ...{ user: 'Customer', item: 'Product', time: 'Time', weight: 'Quantity' },
    ...{ order: 'Order', cancellationPrefix: 'C' },
  });
  const { Customer, Product, Category, Country } = table.columns;
  return {
    name: 'simulated shop',
    interactions,
    country: sideFeature(interactions.users, Customer, Country),
    category: sideFeature(interactions.items, Product, Category),
  };
}

async function readOnlineRetail(path: string): Promise<Orders> {
  const table = await readTableFile(path, {
    InvoiceNo: idColumn(),
    StockCode: idColumn(),
    Quantity: countColumn(),
    InvoiceDate: timeColumn(),
    CustomerID: idColumn({ normalize: wholeNumberId }),
    Country: categoryColumn(),
  });
  const interactions = toInteractions(table, {
    ...{ user: 'CustomerID', item: 'StockCode', time: 'InvoiceDate', weight: 'Quantity' },
    ...{ order: 'InvoiceNo', cancellationPrefix: 'C' },
  });
  const { CustomerID, Country } = table.columns;
  return { name: path, interactions, country: sideFeature(interactions.users, CustomerID, Country) };
}

// What the last row of each owner says.
function sideFeature(owners: Vocabulary, owner: CodedColumn, feature: CodedColumn): SideFeature {
  const values = new Int32Array(owners.size);
  owner.codes.forEach((code, row) => {
    const index = owners.indexOf(owner.vocabulary.idAt(code) ?? '');
    if (index >= 0) values[index] = feature.codes[row]!;
  });
  return { vocabulary: feature.vocabulary, values };
}
