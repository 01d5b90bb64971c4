import {
  conditionalNetwork,
  createPrivacyLedger,
  decodeTableModel,
  encodeTableModel,
  gaussianCopula,
  independentColumns,
  latentClassMixture,
  privateMixture,
  type TableModel,
  trainTableGan,
} from 'minimart';
import { type OrderColumns, orderLines } from '../../tables/order-lines.js';
import type { DocumentKind } from './documents.js';

const network = { hidden: [6], embeddingSize: 3, batchSize: 32, epochs: 2, bins: 5 };

/** What a file cannot hold: pieces are the number of the product. */
const derived = { pieces: ({ product }: { readonly product: string | null }) => Number(product?.slice(1)) };

/** Every kind of model of a table, and how it looks at the table. */
export const tableModels: Readonly<Record<string, DocumentKind>> = {
  'table-columns': kind(() => independentColumns(orderLines(60))),
  'table-copula': kind(() => gaussianCopula(orderLines(60), { bins: 5 })),
  'table-mixture': kind(() => latentClassMixture(orderLines(60), { classes: 3, iterations: 4, bins: 5 })),
  'table-together': kind(() => {
    const table = orderLines(60);
    const pieces = table.columns.product.codes.map((code) =>
      Number(table.columns.product.vocabulary.idAt(code)!.slice(1)),
    );
    const computed = { ...table, columns: { ...table.columns, pieces: { kind: 'count' as const, values: pieces } } };
    return latentClassMixture(computed, { classes: 2, iterations: 3, together: [['product', 'price']], derived });
  }, derived),
  'table-private': kind(() =>
    privateMixture(orderLines(300), {
      ledger: createPrivacyLedger({ epsilon: 8, delta: 1e-6 }),
      columns: {
        country: { ids: ['UK', 'France', 'Peru'], missing: true },
        product: { ids: ['p0', 'p1', 'p2', 'p3'] },
        pieces: { from: 1, to: 60 },
        price: { from: 0, to: 10, step: 0.1, missing: true },
      },
      ...{ classes: 2, seed: 7, bins: 5 },
    }),
  ),
  'table-network': kind(() => conditionalNetwork(orderLines(100), network)),
  'table-gan': kind(async () => {
    const table = orderLines(100);
    return trainTableGan(table, {
      start: await conditionalNetwork(table, network),
      ...{ steps: 3, batchSize: 16, hidden: [6] },
    });
  }),
};

function kind(learn: () => Promise<TableModel<OrderColumns>>, formulas = {}): DocumentKind {
  return {
    make: async () => encodeTableModel(await learn()),
    use: async (bytes) => {
      const model = await decodeTableModel<OrderColumns>(bytes, { derived: formulas });
      const where = { country: 'UK', price: { to: 4 } };
      const { country, product, pieces, price } = (await model.sample(4, { where, seed: 1 })).columns;
      const prices = Array.from(price.values, (value) => (Number.isNaN(value) ? null : value));
      return {
        countries: Array.from(country.codes, (code) => country.vocabulary.idAt(code)),
        products: Array.from(product.codes, (code) => product.vocabulary.idAt(code)),
        pieces: Array.from(pieces.values),
        prices,
        probability: await model.probability(where),
        paid: model.privacy?.entries.length ?? 0,
      };
    },
  };
}
