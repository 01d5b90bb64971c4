import '../support/backends.js';
import {
  bootstrapRows,
  categoryColumn,
  conditionalNetwork,
  countColumn,
  createRng,
  gaussianCopula,
  idColumn,
  independentColumns,
  latentClassMixture,
  moneyColumn,
  parseTable,
  type Table,
  type TableModelOptions,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest';

/** Each product has two prices of its own; a total is pieces times price in cents. */
function orders(rows: number, seed = 1) {
  const rng = createRng(seed);
  const lines = Array.from({ length: rows }, () => {
    const isLarge = rng.uniform() < 0.4;
    const product = isLarge ? rng.integer(4) : 3 + rng.integer(9);
    const [pieces, cents] = [1 + rng.integer(isLarge ? 40 : 5), 100 * product + 25 * (1 + rng.integer(2))];
    const country = rng.uniform() < 0.1 ? '' : isLarge ? 'France' : 'UK';
    return `${country},p${product},${pieces},${(cents / 100).toFixed(2)},${((cents * pieces) / 100).toFixed(2)}`;
  });
  return read(lines);
}

function read(lines: readonly string[]) {
  return parseTable(`country,product,pieces,price,total\n${lines.join('\n')}\n`, {
    country: categoryColumn({ missing: 'keep' }),
    product: idColumn(),
    pieces: countColumn(),
    price: moneyColumn({ missing: 'keep' }),
    total: moneyColumn({ missing: 'keep' }),
  });
}

type Orders = ReturnType<typeof orders>;
type Options = TableModelOptions<Orders['columns']>;

const cents = (value: number) => Math.round(value * 100) / 100;
const layout: Options = {
  together: [['product', 'price']],
  derived: { total: ({ price, pieces }) => cents(price * pieces) },
};

const models = [
  { name: 'bootstrapRows', learn: (table: Orders, options: Options) => bootstrapRows(table, options) },
  { name: 'independentColumns', learn: (table: Orders, options: Options) => independentColumns(table, options) },
  { name: 'gaussianCopula', learn: (table: Orders, options: Options) => gaussianCopula(table, options) },
  {
    name: 'conditionalNetwork',
    learn: (table: Orders, options: Options) =>
      conditionalNetwork(table, { ...options, epochs: 2, hidden: [16], embeddingSize: 4 }),
  },
  {
    name: 'latentClassMixture',
    learn: (table: Orders, options: Options) => latentClassMixture(table, { ...options, classes: 5, iterations: 10 }),
  },
];

function linesOf({ columns: { country, product, pieces, price, total }, length }: Table<Orders['columns']>) {
  return Array.from({ length }, (_, row) => ({
    country: country.vocabulary.idAt(country.codes[row]!),
    product: product.vocabulary.idAt(product.codes[row]!)!,
    pieces: pieces.values[row]!,
    price: price.values[row]!,
    total: total.values[row]!,
  }));
}

beforeAll(() => useBackend('wasm'));

describe.each(models)('$name', ({ name, learn }) => {
  const table = orders(1500);
  let fitted: ReturnType<typeof learn>;
  beforeAll(() => {
    fitted = learn(table, layout);
  });
  const pairs = new Set(linesOf(table).map(({ product, price }) => `${product} ${price}`));

  test('draws pairs that the table has, and computes what is derived', async () => {
    const virtual = await (await fitted).sample(4000, { seed: 1 });
    expect(Object.keys(virtual.columns)).toEqual(['country', 'product', 'pieces', 'price', 'total']);
    expect(virtual.columns.price.kind).toBe('money');
    expect(virtual.columns.product.vocabulary).toBe(table.columns.product.vocabulary);
    const lines = linesOf(virtual);
    expect(lines.filter(({ product, price }) => !pairs.has(`${product} ${price}`))).toEqual([]);
    expect(lines.filter(({ pieces, price, total }) => total !== cents(pieces * price))).toEqual([]);
    expect(new Set(lines.map(({ product, price }) => `${product} ${price}`)).size).toBe(pairs.size);
  });

  test.each([
    ['a member', { product: 'p3' }],
    ['another', { price: { from: 2, to: 5.3 } }],
    ['both', { product: 'p3', price: { from: 3.3 } }],
    ['a member and a column', { price: { to: 3.25 }, country: 'France' }],
  ] as const)('holds a condition on %s, and says its probability', async (_, where) => {
    const model = await fitted;
    const { product, price, country } = where as {
      product?: string;
      price?: { from?: number; to?: number };
      country?: string;
    };
    const holds = (line: ReturnType<typeof linesOf>[number]) =>
      (product === undefined || line.product === product) &&
      (country === undefined || line.country === country) &&
      line.price >= (price?.from ?? 0) &&
      line.price <= (price?.to ?? 99);
    const given = linesOf(await model.sample(1000, { where, seed: 3 }));
    expect(given.filter((line) => !holds(line))).toEqual([]);
    expect(given.filter((line) => line.total !== cents(line.pieces * line.price))).toEqual([]);
    const count = 40_000;
    const stated = await model.probability(where);
    const share = linesOf(await model.sample(count, { seed: 4 })).filter(holds).length / count;
    expect(Math.abs(share - stated)).toBeLessThan(4 * Math.sqrt((stated * (1 - stated)) / count));
  });

  test('rules out pairs that the table lacks, and rows that contradict a formula', async () => {
    const model = await fitted;
    const [first] = linesOf(table);
    const { country, product, pieces, price } = first!;
    const line = (money: number | '', total: number | '') => `${country ?? ''},${product},${pieces},${money},${total}`;
    const total = cents(pieces * price);
    const others = read([
      line(price, total),
      line(price, total + 1),
      line(77, 77 * pieces),
      line(price, ''),
      `${country ?? ''},,${pieces},,`,
    ]);
    const logs = await model.logProbability(others);
    expect(Math.exp(logs[0]!)).toBeCloseTo(
      await model.probability({ country: country ?? null, product, pieces, price }),
      name === 'gaussianCopula' ? 2 : name === 'conditionalNetwork' ? 6 : 12,
    );
    expect([...logs.slice(1, 3)]).toEqual([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    expect(logs[3]).toBe(logs[0]);
  });

  test('refuses conditions on what is computed, and pairs that are not there', async () => {
    const model = await fitted;
    await expect(model.sample(2, { where: { total: 3 } })).rejects.toThrow(
      'sample: `where.total` must be left out: the column is computed from others (`derived`)',
    );
    await expect(model.probability({ totl: 3 } as never)).rejects.toThrow(
      "name columns of the table ('country', 'product', 'pieces', 'price', 'total')",
    );
    await expect(model.sample(2, { where: { product: 'p3', price: 77 } })).rejects.toThrow('received 0 (number)');
    await expect(model.sample(2, { where: { price: 'x' as never } })).rejects.toThrow(
      '`where.price` must be a finite number',
    );
  });

  test('refuses columns that do not fit together', async () => {
    const few = orders(40);
    const refused = (options: object, message: string) => expect(learn(few, options as never)).rejects.toThrow(message);
    const total = () => 1;
    await refused({ together: 3 }, '`together` must be a list of lists of columns, received 3');
    await refused({ together: [['product']] }, '`together[0]` must name two columns or more');
    await refused({ together: [['product', 'prize']] }, "`together[0]` must name columns of the table ('country'");
    await refused({ together: [['product', 'product']] }, '`together[0]` must leave out what is named before');
    await refused(
      {
        together: [
          ['product', 'price'],
          ['price', 'pieces'],
        ],
      },
      '`together[1]` must leave out what is named before',
    );
    await refused({ together: [['product', 'total']], derived: { total } }, 'leave out what is computed (`derived`)');
    await refused({ derived: [] }, '`derived` must be an object of formulas by column');
    await refused({ derived: { sum: total } }, "`derived` must name columns of the table ('country'");
    await refused({ derived: { total: 3 } }, '`derived.total` must be a function');
    const all = { country: total, product: total, pieces: total, price: total, total };
    await refused({ derived: all }, '`derived` must leave a column to learn');
  });

  test('refuses a formula by the first row that has something else', async () => {
    const few = read(['UK,a,2,1.10,2.20', 'UK,a,3,1.10,3.30', 'UK,b,3,1.10,3.20']);
    const refused = (total: (row: { readonly price: number; readonly pieces: number }) => number, message: string) =>
      expect(learn(few, { derived: { total } })).rejects.toThrow(message);
    // 1.1 * 3 is 3.3000000000000003 in binary.
    await refused(
      ({ price, pieces }) => price * pieces,
      '`derived.total` must give what the table has, to the last digit: 3.3 in row 1, received 3.3000000000000003',
    );
    await refused(({ price, pieces }) => cents(price * pieces), '3.2 in row 2, received 3.3');
    await refused(() => 'many' as never, "2.2 in row 0, received 'many'");
  });
});

test('a column of ids can be computed; what it cannot hold is refused when rows are drawn', async () => {
  const table = parseTable('pieces,size\n1,small\n1,small\n9,large\n', {
    pieces: countColumn(),
    size: categoryColumn(),
  });
  const size = ({ pieces }: { readonly pieces: number }) => (pieces > 5 ? 'large' : 'small');
  const { columns } = await (await independentColumns(table, { derived: { size } })).sample(50);
  expect([...columns.size.codes].every((code, row) => code === (columns.pieces.values[row] === 9 ? 1 : 0))).toBe(true);
  let isLearning = true;
  const model = await independentColumns(table, { derived: { size: (row) => (isLearning ? size(row) : 'huge') } });
  isLearning = false;
  await expect(model.sample(3)).rejects.toThrow(
    "sample: `derived.size` must give what can stand in a column of the kind 'category', received 'huge'",
  );
});

test('missing cells are combinations like others, and say nothing where the table had none', async () => {
  const kinds = { product: idColumn({ missing: 'keep' }), price: moneyColumn({ missing: 'keep' }) };
  const csv = 'product,price\na,1\na,\n,1\nb,2\n';
  const model = await independentColumns(parseTable(csv, kinds), { together: [['product', 'price']] });
  expect(await model.probability({ price: null })).toBe(0.25);
  expect(await model.probability({ product: null, price: 1 })).toBe(0.25);
  const logs = await model.logProbability(parseTable('product,price\n,\na,2\n,1\nc,1\n', kinds));
  expect(logs.map(Math.exp)).toEqual(Float64Array.of(1, 0, 0.25, 0));
});

test('more combinations than a model can hold are refused', async () => {
  const length = 65_537;
  const column = { kind: 'number' as const, values: Float64Array.from({ length }, (_, row) => row) };
  const table = { ...orders(1), length, columns: { one: column, other: column } };
  await expect(independentColumns(table, { together: [['one', 'other']] })).rejects.toThrow(
    '`together[0]` must have at most 65536 different combinations',
  );
});

test('formulas are typed by the columns of the table', () => {
  const table = orders(3);
  void independentColumns(table, {
    derived: {
      total: (row) => {
        expectTypeOf(row.price).toEqualTypeOf<number>();
        expectTypeOf(row.country).toEqualTypeOf<string | null>();
        return cents(row.price * row.pieces);
      },
    },
  });
  // @ts-expect-error a total is a number
  void independentColumns(table, { derived: { total: () => 'many' } }).catch(() => {});
  // @ts-expect-error there is no such column
  void independentColumns(table, { together: [['product', 'prize']] }).catch(() => {});
});
