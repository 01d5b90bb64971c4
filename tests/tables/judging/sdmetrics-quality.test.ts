import {
  categoryColumn,
  compareTables,
  moneyColumn,
  numberColumn,
  parseTable,
  type SdmetricsQuality,
  sdmetricsQuality,
  timeColumn,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import {
  type LinesOfTable,
  numbersAlone,
  withGaps,
  withoutTrends,
  withStoppedTime,
  withTimes,
} from './sdmetrics-rows.js';

const none = Number.NaN;

// Where a virtual number never varies, SDMetrics does not say what the real ones have to do with each other.
const unsaid = ['day, steady', 'total, steady', 'day, weight'];

type Expected = Pick<SdmetricsQuality, 'columnShapes' | 'columnPairTrends' | 'overall'> & {
  readonly columns: Readonly<Record<string, number>>;
  /** Names, "Score", "Real Correlation" or "Real Association". */
  readonly pairs: readonly (readonly [string, string, number, number])[];
};

// QualityReport of sdmetrics 0.27.2 (numpy 2.4.6, pandas 2.3.3, scipy 1.17.1) on the same lines, read by pandas.read_csv(float_precision='round_trip'): country, carrier, season
// and color as 'categorical', day and when as 'datetime', the others as 'numerical'.
const reports: readonly (readonly [string, LinesOfTable, Expected])[] = [
  [
    'numbers',
    numbersAlone,
    {
      columnShapes: 0.8222222222222223,
      columnPairTrends: 0.9713421624972585,
      overall: 0.8967821923597403,
      columns: { pieces: 0.8181818181818181, price: 0.7113636363636364, noise: 0.9371212121212121 },
      pairs: [
        ['pieces', 'price', 0.9713421624972585, 0.9836079614090536],
        ['pieces', 'noise', none, 0.0590059432728033],
        ['price', 'noise', none, 0.0862470640451929],
      ],
    },
  ],
  [
    'missing values',
    withGaps,
    {
      columnShapes: 0.3847281348982127,
      columnPairTrends: 0.3448920755863422,
      overall: 0.36481010524227747,
      columns: {
        country: 0.14545456099173515,
        carrier: 0.36692797265934507,
        weight: 0.39595959595959596,
        length: 0.6305704099821747,
      },
      pairs: [
        ['country', 'carrier', 0.1499999999999999, 0.5755922787064394],
        ['country', 'weight', 0.18333333333333335, 0.5019555014110568],
        ['country', 'length', 0.17333333333333312, 0.5800003991058653],
        ['carrier', 'weight', 0.32333333333333325, 0.4231757985266984],
        ['carrier', 'length', 0.30333333333333323, 0.5176222339693725],
        ['weight', 'length', 0.9360191201847203, 0.9836976873828259],
      ],
    },
  ],
  [
    'times and constants',
    withTimes,
    {
      columnShapes: 0.43000000000000005,
      columnPairTrends: 0.6826201196042451,
      overall: 0.5563100598021226,
      columns: {
        day: 0.0,
        total: 0.6517094017094017,
        season: 0.9743589743589743,
        fixed: 0.34615384615384615,
        steady: 0.1777777777777778,
      },
      pairs: [
        ['day', 'total', 0.9911642391007407, 0.9709322864258586],
        ['day', 'season', 0.8777777777777778, 0.9036961141150639],
        ['day', 'fixed', none, none],
        ['day', 'steady', none, none],
        ['total', 'season', 0.7726495726495727, 0.8692269873603532],
        ['total', 'fixed', none, none],
        ['total', 'steady', none, none],
        ['season', 'fixed', none, none],
        ['season', 'steady', 0.08888888888888902, 0.9398581453247791],
        ['fixed', 'steady', none, none],
      ],
    },
  ],
  [
    'no pair that counts',
    withoutTrends,
    {
      columnShapes: 0.4791666692708333,
      columnPairTrends: none,
      overall: 0.4791666692708333,
      columns: { country: 0.5000000104166664, color: 0.6666666666666667, pieces: 0.75, when: 0.0 },
      pairs: [
        ['country', 'color', none, 0.0],
        ['country', 'pieces', none, 0.0],
        ['country', 'when', none, none],
        ['color', 'pieces', none, 0.0],
        ['color', 'when', none, none],
        ['pieces', 'when', none, none],
      ],
    },
  ],
  [
    'a time that stopped',
    withStoppedTime,
    {
      columnShapes: 0.8333333333333334,
      columnPairTrends: none,
      overall: 0.8333333333333334,
      columns: { season: 1.0, day: 0.5, weight: 1.0 },
      pairs: [
        ['season', 'day', none, none],
        ['season', 'weight', none, 0.0],
        ['day', 'weight', none, none],
      ],
    },
  ],
];

const kinds = {
  ...{ country: categoryColumn, carrier: categoryColumn, season: categoryColumn, color: categoryColumn },
  ...{ day: timeColumn, when: timeColumn },
};

function read(header: string, lines: readonly string[]) {
  const columnOf = (name: string) => (kinds[name as keyof typeof kinds] ?? numberColumn)({ missing: 'keep' });
  const columns = Object.fromEntries(header.split(',').map((name) => [name, columnOf(name)]));
  return parseTable(`${header}\n${lines.join('\n')}\n`, columns);
}

function expectNear(value: number, expected: number, what: string, digits = 10): void {
  if (Number.isNaN(expected)) expect(value, what).toBeNaN();
  else expect(value, what).toBeCloseTo(expected, digits);
}

test.each(reports)('gives what SDMetrics gives: %s', async (_, { header, real, virtual }, expected) => {
  const report = await sdmetricsQuality(read(header, virtual), { real: read(header, real) });
  for (const score of ['columnShapes', 'columnPairTrends', 'overall'] as const) {
    expectNear(report[score], expected[score], score);
  }
  expect(report.columns.map(({ column }) => column)).toEqual(Object.keys(expected.columns));
  for (const { column, score } of report.columns) expectNear(score, expected.columns[column]!, column);
  expect(report.pairs.map(({ columns }) => columns)).toEqual(expected.pairs.map(([one, other]) => [one, other]));
  for (const [place, [one, other, score, association]] of expected.pairs.entries()) {
    const pair = report.pairs[place]!;
    expectNear(pair.score, score, `${one}, ${other}`);
    if (!unsaid.includes(`${one}, ${other}`)) expectNear(pair.association, association, `${one}, ${other}`, 7);
  }
});

// QualityReport of sdmetrics 0.26.0, on the same lines: "Column Pair Trends" and "Overall Score".
test.each([
  ['numbers', numbersAlone, 0.963619119417339, 0.8929206708197807],
  ['missing values', withGaps, 0.3448920755863422, 0.36481010524227747],
  ['times and constants', withTimes, 0.546096095683396, 0.48804804784169803],
  ['no pair that counts', withoutTrends, 0.34861111111111115, 0.4138888901909722],
  ['a time that stopped', withStoppedTime, 0.9, 0.8666666666666667],
])('gives what SDMetrics gave when every pair counted: %s', async (_, { header, real, virtual }, trends, overall) => {
  const report = await sdmetricsQuality(read(header, virtual), { real: read(header, real), allPairs: true });
  expectNear(report.columnPairTrends, trends, 'trends');
  expectNear(report.overall, overall, 'overall');
});

test('a virtual column that never varies takes its pairs of numbers out of the mean, however real ones go together', async () => {
  const { header, real, virtual } = withTimes;
  const { pairs } = await sdmetricsQuality(read(header, virtual), { real: read(header, real) });
  const lost = pairs.find(({ columns }) => columns.join() === 'total,steady')!;
  expect(lost.association).toBeGreaterThan(0.9);
  expect(lost.score).toBeNaN();
});

describe('a shifted column', () => {
  // Eight prices for each country, in sixteenths, so that 100 more is exact: bins between the extremes are the same ones.
  const line = (shift: number) => (_: unknown, row: number) =>
    `${['UK', 'France', 'Peru'][row % 3]},${shift + (row % 3) * 2 + (row % 8) / 16}`;
  const columns = { country: categoryColumn(), price: moneyColumn() };
  const table = (shift: number) =>
    parseTable(`country,price\n${Array.from({ length: 48 }, line(shift)).join('\n')}\n`, columns);

  test('keeps its pair trend at 1 here, and nothing of it in compareTables', async () => {
    const [real, virtual] = [table(0), table(100)];
    const { columnPairTrends, pairs } = await sdmetricsQuality(virtual, { real });
    expect(pairs[0]!.association).toBeGreaterThan(0.3);
    expect(columnPairTrends).toBeCloseTo(1, 12); // 1.0 in sdmetrics 0.27.2 too
    const { pair } = await compareTables(virtual, { real, heldOut: real });
    // No virtual price lies among the real ones.
    expect(pair.value).toBe(0);
    expect(pair.heldOut).toBeCloseTo(1, 12);
  });

  test('is seen by its shape', async () => {
    const { columns: shapes } = await sdmetricsQuality(table(100), { real: table(0) });
    expect(shapes).toEqual([
      { column: 'country', score: 1 },
      { column: 'price', score: 0 },
    ]);
  });
});

test('numbers of any size correlate', async () => {
  // r of 1, 2, 3, 4 and 1, 3, 2, 4 is 4 / 5; of 1, 2, 3, 4 and 1, 2, 3, 4 it is 1.
  const of = (second: readonly number[]) =>
    read(
      'first,second',
      second.map((value, row) => `${row + 1}e200,${value}e-200`),
    );
  const { pairs } = await sdmetricsQuality(of([1, 2, 3, 4]), { real: of([1, 3, 2, 4]) });
  expect(pairs[0]!.association).toBeCloseTo(0.8, 12);
  expect(pairs[0]!.score).toBeCloseTo(1 - 0.2 / 2, 12);
});

describe('what cannot be scored is refused', () => {
  const real = read('country,price', ['UK,1', 'France,2']);
  test.each([
    ['no table', [], { real }, '`virtual` must be a table'],
    ['no real table', real, {}, '`real` must be a table'],
    [
      'a column less',
      read('country', ['UK', 'UK']),
      { real },
      "`virtual.columns.price` must be a column of the kind 'number'",
    ],
    [
      'one row',
      read('country,price', ['UK,1']),
      { real },
      '`virtual` must have 2 rows or more, or columns have nothing',
    ],
    ['a flag that is none', real, { real, allPairs: 1 }, '`allPairs` must be'],
    ['an unknown option', real, { real, heldOut: real }, '`heldOut`'],
  ])('%s', async (_, virtual, options, message) => {
    await expect(sdmetricsQuality(virtual as never, options as never)).rejects.toThrow(message);
  });
});
