import '../../support/backends.js';
import {
  bootstrapRows,
  categoryColumn,
  conditionalNetwork,
  countColumn,
  createPrivacyLedger,
  createVocabulary,
  decodeTableModel,
  encodeTableModel,
  gaussianCopula,
  idColumn,
  independentColumns,
  latentClassMixture,
  moneyColumn,
  parseTable,
  privateMixture,
  type TableModel,
  timeColumn,
  trainTableGan,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { type OrderColumns, orderLines } from '../order-lines.js';

beforeAll(() => useBackend('cpu'));

const table = orderLines(400);

const quick = { hidden: [8], embeddingSize: 3, batchSize: 64, epochs: 2, bins: 7 };

const models: Readonly<Record<string, () => Promise<TableModel<OrderColumns>>>> = {
  independentColumns: () => independentColumns(table),
  gaussianCopula: () => gaussianCopula(table),
  conditionalNetwork: () => conditionalNetwork(table, quick),
  trainTableGan: async () =>
    trainTableGan(table, { start: await conditionalNetwork(table, quick), steps: 2, batchSize: 16, hidden: [8] }),
  latentClassMixture: () => latentClassMixture(table, { classes: 4, iterations: 3, bins: 7 }),
  privateMixture: () =>
    privateMixture(table, {
      ledger: createPrivacyLedger({ epsilon: 8, delta: 1e-6 }),
      columns: {
        country: { missing: true },
        product: {},
        pieces: { from: 1, to: 300 },
        price: { from: 0, to: 10, step: 0.01, missing: true },
      },
      ...{ classes: 3, seed: 7 },
    }),
  'columns together in a copula': () => gaussianCopula(table, { together: [['product', 'country']] }),
  'columns together': () =>
    latentClassMixture(table, {
      classes: 4,
      iterations: 3,
      together: [
        ['product', 'country'],
        ['price', 'pieces'],
      ],
    }),
};

describe.each(Object.entries(models))('%s', (name, learn) => {
  test('draws the same rows after reading, and says the same of others', async () => {
    const model = await learn();
    const again = await decodeTableModel<OrderColumns>(await encodeTableModel(model));
    const where = { pieces: { to: 40 }, country: null };
    for (const options of [{ seed: 3 }, { seed: 4, where }]) {
      const [one, other] = [await model.sample(300, options), await again.sample(300, options)];
      for (const name of ['country', 'product'] as const) {
        expect(other.columns[name].codes).toEqual(one.columns[name].codes);
        expect(other.columns[name].vocabulary.toJSON()).toEqual(one.columns[name].vocabulary.toJSON());
      }
      expect(other.columns.pieces).toEqual(one.columns.pieces);
      expect(other.columns.price).toEqual(one.columns.price);
    }
    expect(await again.probability(where)).toBe(await model.probability(where));
    const others = orderLines(200, 9);
    expect(await again.logProbability(others)).toEqual(await model.logProbability(others));
    expect(await encodeTableModel(again)).toEqual(await encodeTableModel(model));
    expect(again.privacy).toEqual(model.privacy);
    // States, and classes.
    expect(model.privacy?.entries.length).toBe(name === 'privateMixture' ? 2 : undefined);
  });
});

const priced = parseTable(
  'day,price,pieces,size,total\n2024-01-01,3,2,small,6\n2024-01-02,,1,small,\n2024-01-05,5,9,large,45\n',
  {
    day: timeColumn(),
    price: moneyColumn({ missing: 'keep' }),
    pieces: countColumn(),
    size: categoryColumn({ vocabulary: createVocabulary(['small', 'large', 'huge'], { hasUnknown: true }) }),
    total: moneyColumn({ missing: 'keep' }),
  },
);
type Priced = typeof priced.columns;
const derived = {
  total: (row: { readonly price: number; readonly pieces: number }) => row.price * row.pieces,
  size: (row: { readonly pieces: number }) => (row.pieces > 5 ? 'large' : 'small'),
};

test('formulas are given again, each of them and no other', async () => {
  const model = await independentColumns(priced, { derived, together: [['price', 'day']] });
  const bytes = await encodeTableModel(model);
  const again = await decodeTableModel<Priced>(bytes, { derived });
  const [one, other] = [await model.sample(40), await again.sample(40)];
  expect(Object.keys(other.columns)).toEqual(Object.keys(one.columns));
  expect(other.columns.total).toEqual(one.columns.total);
  expect(other.columns.size.codes).toEqual(one.columns.size.codes);
  expect(other.columns.size.vocabulary.unknownIndex).toBe(3);
  await expect(again.sample(1, { where: { total: 6 } })).rejects.toThrow('computed from others');
  await expect(decodeTableModel(bytes)).rejects.toThrow(
    "decodeTableModel: `derived` must give a formula for 'total', which a file cannot hold",
  );
  const only = (formulas: object) => decodeTableModel(bytes, { derived: formulas as never });
  await expect(only({ total: derived.total })).rejects.toThrow("a formula for 'size'");
  await expect(only({ ...derived, size: 3 })).rejects.toThrow('`derived.size` must be a function');
  await expect(only({ ...derived, price: derived.total })).rejects.toThrow(
    '`derived` must name computed columns of the model only',
  );
  await expect(decodeTableModel(bytes, { derived: 3 as never })).rejects.toThrow(
    '`derived` must be an object of formulas',
  );
  await expect(decodeTableModel(bytes, { deriv: {} } as never)).rejects.toThrow('`deriv` must be left out');
});

test('what holds rows, or is no model, is refused', async () => {
  await expect(encodeTableModel(await bootstrapRows(table))).rejects.toThrow(
    "encodeTableModel: `model` must hold no rows: a bootstrap is its table, which can be kept as such, received 'the rows",
  );
  for (const model of [null, undefined, {}, 3]) {
    await expect(encodeTableModel(model as never)).rejects.toThrow(
      'encodeTableModel: `model` must be a model of a table',
    );
  }
});

test('a GAN begins with a network that was read as with the network itself', async () => {
  const network = await conditionalNetwork(table, quick);
  const read = await decodeTableModel<OrderColumns>(await encodeTableModel(network));
  const train = (start: TableModel<OrderColumns>) =>
    trainTableGan(table, { start, steps: 2, batchSize: 16, hidden: [8], seed: 3 });
  const [one, other] = [await train(network), await train(read)];
  expect(await other.logProbability(table)).toEqual(await one.logProbability(table));
  await expect(train(await independentColumns(table))).rejects.toThrow('trainTableGan: `start` must be what');
});

test('a column of ids alone is read back with its unknown ones', async () => {
  const ids = parseTable('product\na\nb\na\n', { product: idColumn() });
  const again = await decodeTableModel(await encodeTableModel(await independentColumns(ids)));
  expect((await again.probability({ product: 'a' })).toFixed(4)).toBe('0.6667');
});
