import '../support/backends.js';
import {
  bootstrapRows,
  type CodedColumn,
  categoryColumn,
  conditionalNetwork,
  createVocabulary,
  decodeTableModel,
  encodeTableModel,
  gaussianCopula,
  idColumn,
  imputeTable,
  independentColumns,
  latentClassMixture,
  moneyColumn,
  type NumberColumn,
  numberColumn,
  parseTable,
  type Table,
  type TableModel,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { codeTable } from '../../src/tables/coding/table-coding.js';
import { mixtureDistribution } from '../../src/tables/mixture/mixture-distribution.js';
import { modelOfRows } from '../../src/tables/model-of-rows.js';
import { type OrderColumns, orderLines } from './order-lines.js';

beforeAll(() => useBackend('cpu'));

type Lines = { readonly country: CodedColumn; readonly price: NumberColumn; readonly size: CodedColumn };

function lines(csvLines: readonly string[]): Table<Lines> {
  return parseTable(`country,price,size\n${csvLines.join('\n')}\n`, {
    country: categoryColumn({ missing: 'keep', vocabulary: createVocabulary(['UK', 'France', 'Peru']) }),
    price: numberColumn({ missing: 'keep' }),
    size: categoryColumn({ missing: 'keep', vocabulary: createVocabulary(['small', 'large']) }),
  });
}

const isMissing = ({ codes }: CodedColumn, row: number) => codes[row] === -1;

// Two classes of rows, of 0.6 and 0.4. States: UK, France, Peru; 1, 2, 12; small, large.
const shares = [0.6, 0.4];
const chances = [
  [0.7, 0.1],
  [0.2, 0.6],
  [0.1, 0.3], // country
  [0.6, 0.1],
  [0.2, 0.2],
  [0.2, 0.7], // price
  [0.9, 0.25],
  [0.1, 0.75], // size
];

async function knownMixture(of = chances): Promise<TableModel<Lines>> {
  const table = lines(['UK,1,small', 'France,2,large', 'Peru,12,small']);
  const { columns } = await codeTable('test', table, 20, async () => {});
  const mixture = { classes: 2, shares: Float64Array.from(shares), chances: Float64Array.from(of.flat()) };
  return modelOfRows<Lines>(columns, mixtureDistribution(columns, mixture));
}

/** The probability of states, by the formula of a mixture. */
function probability(...states: number[]): number {
  return shares.reduce((sum, share, k) => sum + states.reduce((part, state) => part * chances[state]![k]!, share), 0);
}

describe('a mixture whose classes are known', () => {
  const rows = 8000;

  test.each([0, 1, 2])(
    'draws a missing country beside the price of state %i as the rule of Bayes says',
    async (price) => {
      const table = lines(Array.from({ length: rows }, () => `,${[1, 2, 12][price]},large`));
      const { country } = (await imputeTable(table, { model: await knownMixture(), seed: 3 })).columns;
      for (const state of [0, 1, 2]) {
        const expected = probability(state, 3 + price, 7) / probability(3 + price, 7);
        const share = country.codes.filter((code) => code === state).length / rows;
        expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / rows));
      }
    },
  );

  test('draws two missing cells together, not each by itself', async () => {
    const table = lines(Array.from({ length: rows }, () => ',,small'));
    const { country, price } = (await imputeTable(table, { model: await knownMixture(), seed: 4 })).columns;
    for (const [state, value] of [
      [0, 1],
      [1, 12],
      [2, 2],
    ] as const) {
      const ofPrice = 3 + [1, 2, 12].indexOf(value);
      const expected = probability(state, ofPrice, 6) / probability(6);
      const share = country.codes.filter((code, row) => code === state && price.values[row] === value).length / rows;
      expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / rows));
    }
  });

  test('fills in the likeliest id and the median of a number, whatever the seed', async () => {
    const table = lines(['UK,,small', 'France,,large', 'Peru,,', ',1,small', ',12,large']);
    const median = (...known: number[]) => {
      const parts = [3, 4, 5].map((state) => probability(...known, state) / probability(...known));
      return parts[0]! >= 0.5 ? 1 : parts[0]! + parts[1]! >= 0.5 ? 2 : 12;
    };
    const likeliest = (...known: number[]) => {
      const parts = [0, 1, 2].map((state) => probability(...known, state));
      return parts.indexOf(Math.max(...parts));
    };
    for (const seed of [0, 1]) {
      const filled = await imputeTable(table, { model: await knownMixture(), fill: 'best', seed });
      const { country, price, size } = filled.columns;
      expect([...price.values]).toEqual([median(0, 6), median(1, 7), median(2), 1, 12]);
      expect([...country.codes]).toEqual([0, 1, 2, likeliest(3, 6), likeliest(5, 7)]);
      expect(size.codes[2]).toBe(probability(2, 6) > probability(2, 7) ? 0 : 1);
    }
    expect(new Set([median(0, 6), median(1, 7), median(2)])).toEqual(new Set([1, 12]));
  });

  test('leaves what is known, and a table without gaps, as they are', async () => {
    const model = await knownMixture();
    const table = lines(['UK,1,small', ',2.4,large', 'France,12,']);
    const filled = await imputeTable(table, { model });
    expect(filled.columns.price).toEqual(table.columns.price);
    expect([filled.columns.country.codes[0], filled.columns.country.codes[2]]).toEqual([0, 1]);
    expect(isMissing(filled.columns.country, 1) || isMissing(filled.columns.size, 2)).toBe(false);
    expect(await imputeTable(filled, { model })).toEqual(filled);
    expect(isMissing(table.columns.country, 1)).toBe(true);
  });
});

const models: Readonly<Record<string, (table: Table<OrderColumns>) => Promise<TableModel<OrderColumns>>>> = {
  independentColumns: (table) => independentColumns(table),
  gaussianCopula: (table) => gaussianCopula(table, { bins: 6 }),
  latentClassMixture: (table) => latentClassMixture(table, { classes: 4, iterations: 10, bins: 6 }),
  conditionalNetwork: (table) =>
    conditionalNetwork(table, {
      hidden: [12],
      embeddingSize: 4,
      batchSize: 64,
      epochs: 12,
      learningRate: 0.02,
      bins: 6,
    }),
};

describe.each(Object.entries(models))('%s', (_, learn) => {
  const table = orderLines(800);
  const made = useBackend('cpu').then(() => learn(table));

  test('fills rows as it draws rows under the same condition, but for what is missing there', async () => {
    const model = await made;
    const count = 3000;
    const bought = withGaps(count, 'UK');
    const { product, pieces, price } = (await imputeTable(bought, { model, seed: 2 })).columns;
    expect(price.values.some(Number.isNaN)).toBe(false);
    const drawn = (await model.sample(2 * count, { where: { country: 'UK', pieces: 3 }, seed: 9 })).columns;
    const there = Array.from(drawn.price.values, (value) => (Number.isNaN(value) ? 0 : 1));
    const rows = there.reduce<number>((sum, one) => sum + one, 0);
    const compare = (share: number, other: number) => {
      const error = Math.sqrt(((share + 0.01) * (1 - share)) / count + (other * (1 - other)) / rows);
      expect(Math.abs(share - other)).toBeLessThan(4 * error);
    };
    for (const id of ['p0', 'p1', 'p2']) {
      const [code, ofDrawn] = [product.vocabulary.indexOf(id), drawn.product.vocabulary.indexOf(id)];
      const hits = product.codes.filter((own) => own === code).length / count;
      compare(hits, drawn.product.codes.filter((own, row) => own === ofDrawn && there[row]).length / rows);
    }
    for (const most of [0.5, 1.25, 3]) {
      const hits = price.values.filter((value) => value <= most).length / count;
      compare(hits, drawn.price.values.filter((value) => value <= most).length / rows);
    }
    expect(pieces).toEqual(bought.columns.pieces);
  });

  test('the same seed fills the same, another one something else', async () => {
    const model = await made;
    const fill = async (seed: number) => {
      const { product, price } = (await imputeTable(withGaps(200, 'UK'), { model, seed })).columns;
      return [...product.codes, ...price.values];
    };
    const first = await fill(5);
    expect(await fill(5)).toEqual(first);
    expect(await fill(6)).not.toEqual(first);
  });

  test('is better than the commonest where columns go together', async () => {
    const model = await made;
    // Only customers in France buy more than six pieces.
    const whole = orderLines(400, 5);
    const hidden = { ...whole.columns.country, codes: whole.columns.country.codes.map(() => -1) };
    const gaps = { ...whole, columns: { ...whole.columns, country: hidden } };
    const { codes, vocabulary } = (await imputeTable(gaps, { model, fill: 'best' })).columns.country;
    const many = [...codes.keys()].filter((row) => whole.columns.pieces.values[row]! > 20);
    const right = many.filter((row) => vocabulary.idAt(codes[row]!) === 'France').length / many.length;
    if (learn === models.independentColumns) expect(right).toBe(0);
    else expect(right).toBeGreaterThan(0.5);
  });
});

/** Lines of three pieces of a country; products and prices are missing. */
function withGaps(rows: number, country: string): Table<OrderColumns> {
  const { length, report, columns } = orderLines(rows, 3);
  const code = columns.country.vocabulary.indexOf(country);
  return {
    length,
    report,
    columns: {
      ...columns,
      pieces: { ...columns.pieces, values: new Int32Array(rows).fill(3) },
      country: { ...columns.country, codes: new Int32Array(rows).fill(code) },
      product: { ...columns.product, codes: new Int32Array(rows).fill(-1) },
      price: { ...columns.price, values: new Float64Array(rows).fill(Number.NaN) },
    },
  };
}

const money = { missing: 'keep' } as const;
const priced = parseTable('product,price,pieces,total\ntea,2,3,6\ntea,3,1,3\ncake,5,2,10\ncake,5,1,5\nmug,2,1,2\n', {
  product: idColumn(money),
  price: moneyColumn(money),
  pieces: numberColumn(money),
  total: moneyColumn(money),
});
type Priced = typeof priced.columns;
const derived = { total: (row: { readonly price: number; readonly pieces: number }) => row.price * row.pieces };

function pricedLines(csvLines: readonly string[]): Table<Priced> {
  return parseTable(`product,price,pieces,total\n${csvLines.join('\n')}\n`, {
    product: idColumn(money),
    price: moneyColumn(money),
    pieces: numberColumn(money),
    total: moneyColumn(money),
  });
}

function idsOf({ codes, vocabulary }: CodedColumn): (string | undefined)[] {
  return Array.from(codes, (code) => vocabulary.idAt(code));
}

describe('columns that are learned together, and computed ones', () => {
  const learn = () => latentClassMixture(priced, { classes: 2, together: [['product', 'price']], derived });

  test('a combination has what is known of it, and what is computed follows', async () => {
    const table = pricedLines(['tea,,2,', ',5,1,', ',2,,', ',,1,', 'cake,5,2,10']);
    for (const seed of [1, 2, 3]) {
      const { product, price, pieces, total } = (await imputeTable(table, { model: await learn(), seed })).columns;
      const ids = idsOf(product);
      expect([2, 3]).toContain(price.values[0]);
      expect(ids[1]).toBe('cake');
      expect(['tea', 'mug']).toContain(ids[2]);
      expect(['tea 2', 'tea 3', 'cake 5', 'mug 2']).toContain(`${ids[3]} ${price.values[3]}`);
      expect([...total.values]).toEqual(Array.from(price.values, (value, row) => value * pieces.values[row]!));
    }
  });

  test('what no combination has, and a total that the filled cells do not give, are refused', async () => {
    const fill = async (line: string) =>
      imputeTable(pricedLines(['tea,2,1,2', line]), { model: await learn(), fill: 'best' });
    await expect(fill(',4,1,')).rejects.toThrow(
      "imputeTable: `table` must have in row 1 what stands in a combination of 'product', 'price' that the model knows",
    );
    await expect(fill('cake,5,,7')).rejects.toThrow(
      'imputeTable: `table.columns.total` must leave out what is computed (`derived`) from cells that are to be filled: row 1',
    );
    // Twice 5, as the table has it.
    expect((await fill('cake,,2,10')).columns.price.values[1]).toBe(5);
  });
});

test('ids that the model does not know stay, and vocabularies grow by those that are filled in', async () => {
  const model = await latentClassMixture(priced, { classes: 2, seed: 1 });
  const table = pricedLines(['beer,2,1,2', ',5,2,10', 'beer,,1,2']);
  const { product, price } = (await imputeTable(table, { model, fill: 'best' })).columns;
  expect(idsOf(product)).toEqual(['beer', 'cake', 'beer']);
  expect([...product.codes]).toEqual([0, 1, 0]);
  expect([2, 3, 5]).toContain(price.values[2]);
});

test('a column may be missing in every row, and others stay as they are', async () => {
  const model = await independentColumns(pricedLines(['tea,2,3,6', 'cake,5,1,5']));
  const { length, report, columns } = pricedLines(['tea,,1,2', 'cake,,1,5']);
  const table = { length, report, columns: { ...columns, note: columns.pieces } };
  const seen: unknown[] = [];
  const filled = await imputeTable(table, { model, onProgress: (progress) => void seen.push(progress) });
  expect([2, 5]).toContain(filled.columns.price.values[0]);
  expect(filled.columns.note).toBe(columns.pieces);
  expect(seen).toEqual([{ done: 2, total: 2 }]);
});

test('a model that was read from a file fills the same', async () => {
  const table = orderLines(300);
  const model = await latentClassMixture(table, { classes: 3, iterations: 3 });
  const again = await decodeTableModel<OrderColumns>(await encodeTableModel(model));
  const [one, other] = [await imputeTable(table, { model }), await imputeTable(table, { model: again })];
  expect(other.columns.price).toEqual(one.columns.price);
  expect(one.columns.country.codes.includes(-1)).toBe(false);
});

describe('what cannot be filled is refused', () => {
  const table = lines(['UK,1,small', 'France,2,']);
  test.each([
    [
      'a model that cannot say',
      async () => ({ model: await bootstrapRows(table) }),
      '`model` must be a model that says',
    ],
    ['no model', async () => ({ model: {} }), '`model` must be a model that says'],
    [
      'another way to fill',
      async () => ({ model: await knownMixture(), fill: 'mean' }),
      "`fill` must be one of 'draw', 'best'",
    ],
    ['no seed', async () => ({ model: await knownMixture(), seed: 0.5 }), '`seed` must be a safe integer'],
    ['an unknown option', async () => ({ model: await knownMixture(), sede: 1 }), '`sede` must be left out'],
  ])('%s', async (_, options, message) => {
    await expect(imputeTable(table, (await options()) as never)).rejects.toThrow(`imputeTable: ${message}`);
  });

  test('a table of other columns, and a row that the model rules out', async () => {
    const model = await latentClassMixture(lines(['UK,1,small', 'France,2,large']), {
      classes: 2,
      smoothing: 0,
      seed: 1,
    });
    const { size: _, ...rest } = table.columns;
    const lacking = { ...table, columns: rest } as never;
    await expect(imputeTable(lacking, { model })).rejects.toThrow(
      "imputeTable: `table.columns.size` must be a column of the kind 'category', as in the model, received undefined",
    );
    // One class is of the UK and the price of 1, the other of France and 2.
    const apart = await knownMixture([
      [1, 0],
      [0, 1],
      [0, 0],
      [1, 0],
      [0, 1],
      [0, 0],
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
    await expect(imputeTable(lines(['UK,2,']), { model: apart })).rejects.toThrow(
      "imputeTable: `table` must hold rows that the model does not rule out: 'size' has no value in row 0",
    );
    await expect(
      imputeTable(
        { ...table, columns: { ...table.columns, price: { kind: 'number', values: Float64Array.of(1, Infinity) } } },
        { model },
      ),
    ).rejects.toThrow('imputeTable: `table.columns.price` must hold finite numbers (row 1 does not)');
  });
});
