import '../support/backends.js';
import {
  bootstrapRows,
  categoryColumn,
  compareTables,
  conditionalNetwork,
  countColumn,
  createPrivacyLedger,
  detectVirtual,
  gaussianCopula,
  imputeTable,
  independentColumns,
  judgeTable,
  latentClassMixture,
  numberColumn,
  parseTable,
  privateMixture,
  sdmetricsQuality,
  type Table,
  type TableModel,
  testMembership,
  trainOnVirtual,
  trainTableGan,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';

beforeAll(() => useBackend('cpu'));

type Lines = ReturnType<typeof lines>['columns'];

function lines(rows: number, line: (row: number) => string) {
  const text = Array.from({ length: rows }, (_, row) => line(row)).join('\n');
  return parseTable(`country,pieces,price\n${text}\n`, {
    country: categoryColumn({ missing: 'keep' }),
    pieces: countColumn(),
    price: numberColumn({ missing: 'keep' }),
  });
}

/** Customers in France buy many pieces, those in the UK few. */
const usual = (row: number) =>
  row % 3 === 0 ? `France,${12 + (row % 4)},${(row * 7) % 11}` : `UK,${1 + (row % 5)},${(row * 5) % 13}.5`;

const good = lines(66, usual);
const heldOut = lines(66, (row) => usual(row + 57));

/** Tables that something is the matter with. */
const tables = {
  'a column that never varies': lines(66, (row) => `UK,${row % 5},${row % 7}`),
  'a category seen once': lines(66, (row) => (row === 50 ? 'Peru,1,2' : usual(row))),
  'numbers all equal': lines(66, () => 'UK,3,2.5'),
  'ids all different': lines(66, (row) => `c${row},${row % 5},${row % 7}`),
  'missing numbers': lines(66, (row) => (row % 2 === 0 ? 'UK,1,' : usual(row))),
  'numbers as large as doubles are': lines(66, (row) => `UK,${row % 9},${row % 2 === 0 ? 1.7e308 : -1.7e308}`),
  'two rows': lines(2, usual),
  'one row': lines(1, usual),
  'no rows': lines(0, usual),
  'a number that is infinite': {
    ...good,
    columns: {
      ...good.columns,
      price: { kind: 'number', values: good.columns.price.values.map((price, row) => (row === 7 ? 1 / 0 : price)) },
    },
  },
  'a number missing in every row': lines(66, (row) => `UK,${row % 5},`),
  'an id missing in every row': lines(66, (row) => `,${row % 5},1`),
  'other columns': lines(66, usual) as Table<Lines>,
  'no columns': { ...good, columns: {} as Lines },
  'another kind': { ...good, columns: { ...good.columns, price: { ...good.columns.price, kind: 'money' } } },
  'other ids': lines(66, (row) => usual(row).replace('UK', 'Peru').replace('France', 'Chile')),
} satisfies Readonly<Record<string, Table<Lines>>>;
type Case = keyof typeof tables;

const network = { hidden: [4], embeddingSize: 2, epochs: 1, batchSize: 32 };

const learners: Readonly<Record<string, (table: Table<Lines>) => Promise<TableModel<Lines>>>> = {
  bootstrapRows: (table) => bootstrapRows(table),
  independentColumns: (table) => independentColumns(table),
  gaussianCopula: (table) => gaussianCopula(table),
  latentClassMixture: (table) => latentClassMixture(table, { iterations: 5 }),
  conditionalNetwork: (table) => conditionalNetwork(table, network),
  // What a network refuses is refused of a network that learned another table.
  trainTableGan: async (table) => {
    const start = await conditionalNetwork(table, network).catch(() => conditionalNetwork(good, network));
    return trainTableGan(table, { start, steps: 1, hidden: [4] });
  },
  privateMixture: (table) =>
    privateMixture(table, {
      ledger: createPrivacyLedger({ epsilon: 8, delta: 1e-6 }),
      columns: {
        country: { ids: ['UK', 'France'], missing: true },
        pieces: { from: 0, to: 20 },
        price: { from: 0, to: 20, step: 0.5, missing: true },
      },
      ...{ seed: 1, classes: 2, iterations: 2 },
    }),
};

/** What everybody refuses, and how. */
const refused: Partial<Readonly<Record<Case, string>>> = {
  'no rows': '`table` must not be empty',
  'a number that is infinite': '`table.columns.price` must hold finite numbers (row 7 does not), received Infinity',
  'a number missing in every row': '`table.columns.price` must have a value in at least one row, or be left out',
  'an id missing in every row': '`table.columns.country` must have a value in at least one row, or be left out',
  'no columns': '`table.columns` must name at least one column',
};

/** What single learners say instead; `undefined` where they learn. */
const others: Readonly<Record<string, Partial<Readonly<Record<Case, string | undefined>>>>> = {
  latentClassMixture: { 'one row': '`table.length` must be at least 2, to hold rows out, received 1' },
  trainTableGan: { 'no columns': "`table.columns.country` must be a column of the kind 'category', as in the model" },
  // To refuse what stands in a row would tell of it: what is not public says nothing.
  privateMixture: {
    'a number that is infinite': undefined,
    'a number missing in every row': undefined,
    'an id missing in every row': undefined,
    'no columns': '`country` must be left out',
  },
};

describe.each(Object.entries(learners))('%s', (name, learn) => {
  test.each(Object.keys(tables) as Case[])('%s: is learned, or refused', async (which) => {
    const table = tables[which];
    const own = others[name] ?? {};
    const message = which in own ? own[which] : refused[which];
    if (message !== undefined) {
      await expect(learn(table)).rejects.toThrow(`${name}: ${message}`);
      return;
    }
    const model = await learn(table);
    const { country, price } = (await model.sample(50, { seed: 1 })).columns;
    expect(price.values.some((value) => !Number.isFinite(value) && !Number.isNaN(value))).toBe(false);
    expect(await model.probability({})).toBeCloseTo(1, 9);
    if (name === 'privateMixture') return;
    const ids = new Set(Array.from(table.columns.country.codes, (code) => table.columns.country.vocabulary.idAt(code)));
    expect(Array.from(country.codes, (code) => country.vocabulary.idAt(code)).every((id) => ids.has(id))).toBe(true);
    const logs = await model.logProbability(table);
    expect(logs.every((log) => log <= 1e-9)).toBe(true);
  });

  test('conditions that contradict themselves, or each other, are refused with how likely they are', async () => {
    const model = await learn(good);
    await expect(model.sample(1, { where: { pieces: { from: 5, to: 2 } } })).rejects.toThrow(
      'sample: `where.pieces` must go from a number to one that is not below it, received [5, 2]',
    );
    const where = { country: 'UK', pieces: 15, price: { from: 400 } };
    expect(await model.probability(where)).toBe(0);
    await expect(model.sample(1, { where })).rejects.toThrow(
      'sample: `where` must have a probability of at least 1e-9 in the model, received 0',
    );
    await expect(model.sample(1, { where: { country: 'Spain' } })).rejects.toThrow('`where.country` must be an id');
  });

  test('holes in a table of two rows are filled, or that is refused', async () => {
    const model = await learn(good);
    const holes = lines(2, (row) => (row === 0 ? ',1,' : 'Peru,13,'));
    if (name === 'bootstrapRows') {
      await expect(imputeTable(holes, { model })).rejects.toThrow('imputeTable: `model` must be a model that says');
      return;
    }
    const { country, price } = (await imputeTable(holes, { model, seed: 1 })).columns;
    expect(price.values.every(Number.isFinite)).toBe(true);
    expect(['UK', 'France']).toContain(country.vocabulary.idAt(country.codes[0]!));
    expect(country.vocabulary.idAt(country.codes[1]!)).toBe('Peru');
  });
});

interface Given {
  readonly real: Table<Lines>;
  readonly heldOut: Table<Lines>;
}

const judges: Readonly<Record<string, (virtual: Table<Lines>, given: Given) => Promise<unknown>>> = {
  compareTables: (virtual, given) => compareTables(virtual, given),
  detectVirtual: (virtual, given) => detectVirtual(virtual, given),
  trainOnVirtual: (virtual, given) => trainOnVirtual(virtual, { ...given, target: 'price' }),
  testMembership: (virtual, given) => testMembership(virtual, given),
  judgeTable: (virtual, given) => judgeTable(virtual, given),
  // NaN is its word for pairs that do not count.
  sdmetricsQuality: async (virtual, { real }) => {
    const { columnPairTrends, overall, ...quality } = await sdmetricsQuality(virtual, { real });
    return { ...quality, overall, pairs: Number.isNaN(columnPairTrends) ? 0 : columnPairTrends };
  },
};

const places = ['virtual', 'real', 'heldOut'] as const;

/** Where a judge says no: every place in which the table stands, or single ones. */
function refusalOf(judge: string, which: Case, place: (typeof places)[number]): string | undefined {
  const column = (name: string) => `\`${place}.columns.${name}\``;
  if (judge === 'sdmetricsQuality' && place === 'heldOut') return undefined;
  switch (which) {
    case 'a number that is infinite':
      return `${column('price')} must hold finite numbers (row 7 does not), received Infinity`;
    case 'a number missing in every row':
      return `${column('price')} must have a value in at least one row`;
    case 'an id missing in every row':
      return `${column('country')} must have a value in at least one row`;
    case 'no columns':
      return place === 'real'
        ? '`real.columns` must name at least one column'
        : `${column('country')} must be a column`;
    case 'another kind':
      return place === 'real'
        ? "must be a column of the kind 'money'"
        : `${column('price')} must be a column of the kind`;
    case 'no rows':
      return `\`${place}\` must `;
    case 'one row':
    case 'two rows':
      return fewRows(judge, which, place);
    case 'missing numbers':
      return judge === 'trainOnVirtual'
        ? `\`${place}\` must have 60 rows or more with a value of \`target\``
        : undefined;
    case 'numbers all equal':
      if (judge !== 'trainOnVirtual' || place === 'virtual') return undefined;
      return `\`target\` must not be the same in all rows of \`${place}\``;
    case 'numbers as large as doubles are':
      return judge === 'trainOnVirtual' ? `${column('price')} must hold numbers up to 1e+150` : undefined;
    default:
      return undefined;
  }
}

function fewRows(judge: string, which: Case, place: string): string | undefined {
  if (judge === 'compareTables') return place === 'real' ? undefined : '`virtual.length` must be that of `heldOut`';
  if (judge === 'sdmetricsQuality') return which === 'one row' ? `\`${place}\` must have 2 rows or more` : undefined;
  return `\`${place}\` must have ${judge === 'testMembership' ? 20 : 60} rows or more`;
}

/** Numbers that are not finite, wherever they stand. */
function notFinite(value: unknown): unknown[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(notFinite) : [];
}

describe.each(Object.entries(judges))('%s', (name, judge) => {
  const cases = (Object.keys(tables) as Case[]).flatMap((which) => places.map((place) => [which, place] as const));

  test.each(cases)('%s as `%s`: is judged in finite numbers, or refused', async (which, place) => {
    const given = { virtual: good, real: lines(66, usual), heldOut, [place]: tables[which] };
    const { virtual, ...rest } = given;
    const message = refusalOf(name, which, place);
    if (message !== undefined) await expect(judge(virtual, rest)).rejects.toThrow(message);
    else {
      const found = (await judge(virtual, rest)) as Readonly<Record<string, unknown>>;
      const scores = name === 'sdmetricsQuality' ? { overall: found.overall, columns: found.columns } : found;
      expect(notFinite(scores)).toEqual([]);
    }
  });

  test('the same table as real and virtual is judged; as held out and learned from it is refused', async () => {
    expect(notFinite(await judge(good, { real: good, heldOut })).length === 0 || name === 'sdmetricsQuality').toBe(
      true,
    );
    if (name === 'compareTables' || name === 'sdmetricsQuality') return;
    await expect(judge(heldOut, { real: good, heldOut: good })).rejects.toThrow(
      `${name}: \`heldOut\` must be other rows than \`real\`: rows that the model was not learned from`,
    );
  });
});
