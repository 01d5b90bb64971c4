import {
  bootstrapRows,
  categoryColumn,
  countColumn,
  createVocabulary,
  gaussianCopula,
  idColumn,
  independentColumns,
  latentClassMixture,
  numberColumn,
  parseTable,
  type RowConditions,
  type Table,
  type TableModel,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { type OrderColumns, orderLines } from './order-lines.js';

type Model = TableModel<OrderColumns>;

const models: readonly { readonly name: string; readonly learn: (table: Table<OrderColumns>) => Promise<Model> }[] = [
  { name: 'bootstrapRows', learn: bootstrapRows },
  { name: 'independentColumns', learn: independentColumns },
  { name: 'gaussianCopula', learn: gaussianCopula },
  { name: 'latentClassMixture', learn: (table) => latentClassMixture(table, { classes: 8, iterations: 15, seed: 7 }) },
];

/** Rows as text, by which conditions are tested without the code under test. */
function linesOf({ columns: { country, product, pieces, price }, length }: Table<OrderColumns>) {
  return Array.from({ length }, (_, row) => ({
    country: country.vocabulary.idAt(country.codes[row]!),
    product: product.vocabulary.idAt(product.codes[row]!),
    pieces: pieces.values[row]!,
    price: price.values[row]!,
  }));
}

type Line = ReturnType<typeof linesOf>[number];

const conditions: readonly (readonly [string, RowConditions<OrderColumns>, (line: Line) => boolean])[] = [
  ['an id', { country: 'France' }, ({ country }) => country === 'France'],
  ['a missing value', { country: null }, ({ country }) => country === undefined],
  ['a missing number', { price: null }, ({ price }) => Number.isNaN(price)],
  ['a repeated number', { price: 1.25 }, ({ price }) => price === 1.25],
  ['a range within bins', { price: { from: 0.5, to: 3.33 } }, ({ price }) => price >= 0.5 && price <= 3.33],
  ['one bound', { pieces: { to: 4 } }, ({ pieces }) => pieces <= 4],
  [
    'three columns',
    { country: 'UK', product: 'p2', pieces: { from: 1, to: 200 } },
    ({ country, product, pieces }) => country === 'UK' && product === 'p2' && pieces <= 200,
  ],
];

describe.each(models)('$name', ({ name, learn }) => {
  const table = orderLines(3000);
  const fitted = learn(table);

  test.each(conditions)('holds %s in every row, and says its probability', async (_, where, holds) => {
    const model = await fitted;
    const given = linesOf(await model.sample(2000, { where, seed: 3 }));
    expect(given.filter((line) => !holds(line))).toEqual([]);
    const count = 100_000;
    const free = linesOf(await model.sample(count, { seed: 4 }));
    const stated = await model.probability(where);
    const share = free.filter(holds).length / count;
    // Four standard errors: one of 16,000 such comparisons fails by chance, and these do not change.
    expect(Math.abs(share - stated)).toBeLessThan(4 * Math.sqrt((stated * (1 - stated)) / count));
  });

  test('draws the other columns given the condition', async () => {
    const model = await fitted;
    const where = { country: 'France' };
    const stated = (await model.probability({ ...where, product: 'p1' })) / (await model.probability(where));
    const count = 50_000;
    const lines = linesOf(await model.sample(count, { where }));
    const share = lines.filter(({ product }) => product === 'p1').length / count;
    expect(Math.abs(share - stated)).toBeLessThan(4 * Math.sqrt((stated * (1 - stated)) / count));
  });

  // Ranges that begin and end within bins.
  test.each([40, 44, 48, 52])('draws within a range from %d as often as without it', async (from) => {
    const model = await fitted;
    const [where, within] = [{ pieces: { from, to: from + 14 } }, { pieces: { from, to: from + 6 } }];
    const stated = (await model.probability(within)) / (await model.probability(where));
    const count = 50_000;
    const { pieces } = (await model.sample(count, { where })).columns;
    const share = pieces.values.filter((value) => value <= from + 6).length / count;
    expect(Math.abs(share - stated)).toBeLessThan(4 * Math.sqrt((stated * (1 - stated)) / count));
    expect(await model.probability({ pieces: { from, to: from } })).toBe(await model.probability({ pieces: from }));
  });

  test('gives back kinds, vocabularies, decimals and missing values', async () => {
    const virtual = await (await fitted).sample(5000, { seed: 1 });
    expect(virtual.length).toBe(5000);
    expect(virtual.report).toMatchObject({ rows: 5000, kept: 5000, bad: 0 });
    const { country, product, pieces, price } = virtual.columns;
    expect([country.kind, product.kind, pieces.kind, price.kind]).toEqual(['category', 'id', 'count', 'number']);
    expect(country.vocabulary).toBe(table.columns.country.vocabulary);
    expect(pieces.values).toBeInstanceOf(Int32Array);
    expect(country.codes.includes(-1)).toBe(true);
    const seen = new Set(table.columns.price.values);
    expect([...price.values].filter((value) => !seen.has(value))).toEqual([]);
    expect(new Set(price.values).size).toBeGreaterThan(500);
    expect(price.values.some(Number.isNaN)).toBe(true);
  });

  test('keeps the shares of each column', async () => {
    const count = 40_000;
    const virtual = linesOf(await (await fitted).sample(count, { seed: 9 }));
    const real = linesOf(table);
    const share = (lines: readonly Line[], holds: (line: Line) => boolean) => lines.filter(holds).length / lines.length;
    for (const [, where, holds] of conditions.filter((condition) => Object.keys(condition[1]).length === 1)) {
      // The smoothing pulls towards these shares, so the mixture keeps them as it converges.
      expect(Math.abs(share(virtual, holds) - share(real, holds)), JSON.stringify(where)).toBeLessThan(0.02);
    }
  });

  test('has probabilities of rows that add up to 1', async () => {
    const small = parseTable('country,product,pieces,price\nUK,a,1,2\nUK,b,1,2\nFrance,a,2,3\nFrance,b,2,\n', {
      country: categoryColumn(),
      product: idColumn(),
      pieces: countColumn(),
      price: numberColumn({ missing: 'keep' }),
    });
    const model = await (name === 'latentClassMixture' ? latentClassMixture(small, { classes: 2 }) : learn(small));
    const lines = ['UK', 'France'].flatMap((country) =>
      ['a', 'b'].flatMap((product) =>
        [1, 2].flatMap((pieces) => ['2', '3', ''].map((price) => `${country},${product},${pieces},${price}`)),
      ),
    );
    const all = parseTable(`country,product,pieces,price\n${lines.join('\n')}\n`, {
      country: categoryColumn(),
      product: idColumn(),
      pieces: countColumn(),
      price: numberColumn({ missing: 'keep' }),
    });
    const logs = await model.logProbability(all);
    expect(logs.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1, 12);
    // Each row's own condition says the same; a copula takes more points for one condition than for each of many rows.
    const own = await model.probability({ country: 'UK', product: 'b', pieces: 1, price: 2 });
    expect(Math.exp(logs[lines.indexOf('UK,b,1,2')]!)).toBeCloseTo(own, name === 'gaussianCopula' ? 2 : 12);
  });

  test('refuses conditions that name what is not there, contradict each other or all but never come', async () => {
    const model = await fitted;
    const sample = (where: object) => model.sample(3, { where });
    await expect(sample({ land: 'UK' })).rejects.toThrow(
      "`where` must name columns of the table ('country', 'product'",
    );
    await expect(sample({ country: 'Peru' })).rejects.toThrow('`where.country` must be an id of the column, or null');
    await expect(sample({ price: 'cheap' })).rejects.toThrow(
      '`where.price` must be a finite number, { from, to } or null',
    );
    await expect(sample({ price: { from: 3, to: 2 } })).rejects.toThrow('`where.price` must go from a number to one');
    await expect(sample({ price: { least: 3 } })).rejects.toThrow('`least` must be left out');
    await expect(sample({ pieces: null })).rejects.toThrow(
      'sample: `where` must have a probability of at least 1e-9 in the model, received 0 (number)',
    );
    await expect(sample({ price: 77 })).rejects.toThrow('received 0 (number)');
    await expect(sample([])).rejects.toThrow('`where` must be an object of conditions by column');
    await expect(model.probability({ country: 'Peru' })).rejects.toThrow('probability: `where.country`');
    expect(await model.probability({})).toBeCloseTo(1, 12);
    await expect(model.sample(0)).rejects.toThrow('`rows` must be a positive integer');
    await expect(model.sample(3, { seed: 0.5 })).rejects.toThrow('`seed`');
    await expect(model.sample(3, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    await expect(model.sample(3, { wher: {} } as never)).rejects.toThrow('`wher` must be left out');
  });

  test('refuses tables that are none', async () => {
    const none = parseTable('country,product,pieces,price\n', {
      country: categoryColumn(),
      product: idColumn(),
      pieces: countColumn(),
      price: numberColumn(),
    });
    await expect(learn(none)).rejects.toThrow('`table` must not be empty');
    await expect(learn({} as never)).rejects.toThrow('`table` must be a table');
    const few = orderLines(20);
    const without = (values: Float64Array) => ({
      ...few,
      columns: { ...few.columns, price: { ...few.columns.price, values } },
    });
    await expect(learn(without(new Float64Array(20).fill(Number.NaN)))).rejects.toThrow(
      '`table.columns.price` must have a value in at least one row, or be left out of the table',
    );
    await expect(learn(without(new Float64Array(20).fill(Number.POSITIVE_INFINITY)))).rejects.toThrow(
      'hold finite numbers',
    );
    const unread = { ...few.columns.country, codes: new Int32Array(20).fill(-1) };
    await expect(learn({ ...few, columns: { ...few.columns, country: unread } })).rejects.toThrow(
      '`table.columns.country` must have a value in at least one row',
    );
    await expect(learn(without(new Float64Array(3)))).rejects.toThrow('`table.columns.price` must hold 20 numbers');
    const { country: _, ...others } = few.columns;
    await expect((await fitted).logProbability({ ...few, columns: others } as never)).rejects.toThrow(
      "logProbability: `table.columns.country` must be a column of the kind 'category', as in the model",
    );
  });
});

test('bootstrapRows gives rows of the table alone', async () => {
  const table = orderLines(200);
  const real = new Set(linesOf(table).map((line) => JSON.stringify(line)));
  const virtual = linesOf(await (await bootstrapRows(table)).sample(1000));
  expect(virtual.filter((line) => !real.has(JSON.stringify(line)))).toEqual([]);
});

test('independentColumns multiplies the shares of the columns', async () => {
  const { columns, length } = orderLines(1000);
  const model = await independentColumns({ columns, length, report: orderLines(1).report });
  const count = (cells: Iterable<number>, wanted: number) => [...cells].filter((cell) => cell === wanted).length;
  const france = count(columns.country.codes, columns.country.vocabulary.indexOf('France')) / length;
  const pieces = count(columns.pieces.values, 2) / length;
  expect(await model.probability({ country: 'France', pieces: 2 })).toBeCloseTo(france * pieces, 12);
});

test('a column that never varies stays as it is, and a category seen once can be asked for', async () => {
  const csv = `shop,country\n${'A,UK\n'.repeat(60)}A,Peru\n${'A,EIRE\n'.repeat(39)}`;
  const table = parseTable(csv, { shop: categoryColumn(), country: categoryColumn() });
  const model = await latentClassMixture(table, { classes: 2 });
  const peru = await model.sample(20, { where: { country: 'Peru' } });
  expect(peru.columns.shop.codes).toEqual(new Int32Array(20));
  expect(peru.columns.country.codes).toEqual(new Int32Array(20).fill(1));
  expect(await model.probability({ shop: 'A' })).toBeCloseTo(1, 12);
  expect(await model.probability({ country: 'Peru' })).toBeCloseTo(0.01, 2);
});

test('what a mixture learned of one table it says of another with a vocabulary of its own', async () => {
  const kinds = { country: categoryColumn({ missing: 'keep' }), pieces: countColumn() };
  const table = parseTable('country,pieces\nUK,1\nUK,1\nFrance,9\nFrance,9\n', kinds);
  const model = await latentClassMixture(table, { classes: 2, seed: 1 });
  const others = parseTable('country,pieces\nFrance,9\nPeru,9\nUK,1\n,9\nFrance,70\n', kinds);
  const logs = await model.logProbability(others);
  expect(Math.exp(logs[0]!)).toBeCloseTo(await model.probability({ country: 'France', pieces: 9 }), 12);
  expect(logs[1]).toBe(Number.NEGATIVE_INFINITY);
  expect(Math.exp(logs[2]!)).toBeCloseTo(await model.probability({ country: 'UK', pieces: 1 }), 12);
  // No country was missing: it says nothing. 70 counts as 9, the nearest.
  expect(Math.exp(logs[3]!)).toBeCloseTo(await model.probability({ pieces: 9 }), 12);
  expect(logs[4]).toBe(logs[0]);
});

test('an id that a vocabulary holds for unknown ones stays unknown in another', async () => {
  const read = (csv: string, ids: readonly string[]) =>
    parseTable(csv, { country: categoryColumn({ vocabulary: createVocabulary(ids, { hasUnknown: true }) }) });
  const model = await independentColumns(read('country\nUK\nPeru\nPeru\nPeru\n', ['UK']));
  const logs = await model.logProbability(read('country\nPeru\nUK\nFrance\n', ['France', 'UK']));
  expect(logs.map(Math.exp)).toEqual(Float64Array.of(0.75, 0.25, 0.75));
});
