import {
  type CodedColumn,
  categoryColumn,
  createRng,
  createVocabulary,
  detectVirtual,
  independentColumns,
  type NumberColumn,
  parseTable,
  type Table,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { atOnce } from '../../../src/internal/pieces.js';
import { fitLogistic } from '../../../src/statistics/logistic-regression.js';
import { normalCumulative } from '../../../src/statistics/normal.js';
import { crossValidate } from '../../../src/tables/judging/detecting/cross-validate.js';
import { logisticDetector } from '../../../src/tables/judging/detecting/logistic-detector.js';
import { orderLines } from '../order-lines.js';

const report = {
  rows: 0,
  kept: 0,
  missing: {},
  bad: 0,
  badRows: [],
  reasons: {},
  repeatedHeaders: 0,
  lostCharacters: 0,
};

function numbers(values: Float64Array): Table<{ readonly price: NumberColumn }> {
  return { length: values.length, columns: { price: { kind: 'number', values } }, report };
}

function normals(rows: number, centre: number, seed: number) {
  const rng = createRng(seed);
  // Two decimals, as prices have.
  return numbers(Float64Array.from({ length: rows }, () => Math.round(100 * (centre + rng.normal())) / 100));
}

describe('two normal distributions d apart', () => {
  const [real, heldOut] = [normals(800, 0, 1), normals(800, 0, 2)];
  test.each([1, 2])(
    'd = %d: the area is that of the best classifier, the normal cumulative of d over root 2',
    async (d) => {
      const { trees, logistic } = await detectVirtual(normals(800, d, 3), { real, heldOut });
      const best = normalCumulative(d / Math.SQRT2);
      // 800 rows of each kind: a standard error of about 0.013. Trees lose some to noise.
      expect(logistic.value).toBeGreaterThan(best - 0.04);
      expect(logistic.value).toBeLessThan(best + 0.04);
      expect(trees.value).toBeGreaterThan(best - 0.07);
      expect(trees.value).toBeLessThan(best + 0.04);
      expect(trees.floor.value).toBeGreaterThan(0.45);
      expect(trees.floor.value).toBeLessThan(0.55);
      expect(trees.floor.interval[0]).toBeLessThan(trees.floor.value);
    },
  );

  test('numbers with a decimal that no real one has are told at once', async () => {
    const { values } = normals(800, 0, 3).columns.price;
    const virtual = numbers(values.map((value, row) => value + ((row % 9) + 1) / 1000));
    const { trees, logistic } = await detectVirtual(virtual, { real, heldOut });
    expect(trees.value).toBeGreaterThan(0.99);
    expect(logistic.value).toBeLessThan(0.54);
  });
});

test('trees see what columns have to do with each other, to which a logistic regression is blind', async () => {
  const [train, heldOut] = [orderLines(500, 1), orderLines(500, 2)];
  const virtual = await (await independentColumns(train)).sample(500, { seed: 1 });
  const { trees, logistic, rows } = await detectVirtual(virtual, { real: train, heldOut });
  expect(rows).toBe(500);
  expect(trees.interval[0]).toBeGreaterThan(trees.floor.interval[1]);
  expect(logistic.value).toBeLessThan(0.56);
});

test('thousands of ids are told by which of them come together', async () => {
  const ids = createVocabulary(Array.from({ length: 3665 }, (_, id) => `p${id}`));
  const table = (seed: number, together: boolean): Table<Record<'product' | 'shelf', CodedColumn>> => {
    const rng = createRng(seed);
    const codes = Int32Array.from({ length: 1500 }, () => Math.floor(3665 * rng.uniform() ** 2));
    const shelves = codes.map((code) => Math.floor((together ? code : 3665 * rng.uniform() ** 2) / 400));
    const column = (own: Int32Array): CodedColumn => ({ kind: 'id', codes: own, vocabulary: ids });
    return { length: 1500, columns: { product: column(codes), shelf: column(shelves) }, report };
  };
  const { trees } = await detectVirtual(table(3, false), { real: table(1, true), heldOut: table(2, true) });
  // Of apart ones a share of about a third is on the right shelf by chance.
  expect(trees.value).toBeGreaterThan(0.7);
  expect(trees.floor.interval[0]).toBeLessThan(0.5);
});

test('a missing value is told from any other', async () => {
  const lines = (share: number, seed: number) => {
    const rng = createRng(seed);
    return numbers(Float64Array.from({ length: 900 }, () => (rng.uniform() < share ? Number.NaN : rng.integer(50))));
  };
  const { trees } = await detectVirtual(lines(0.9, 3), { real: lines(0.1, 1), heldOut: lines(0.1, 2) });
  // Missing is 0.9 of one kind and 0.1 of the other: 0.81 in order and 0.18 / 2 tied.
  expect(trees.value).toBeGreaterThan(0.86);
});

test('real rows handed out as virtual ones are not told, held-out ones less than not', async () => {
  const [train, heldOut] = [orderLines(500, 1), orderLines(500, 2)];
  const { trees } = await detectVirtual(heldOut, { real: train, heldOut });
  // What is scored was learned with the other label.
  expect(trees.interval[1]).toBeLessThan(0.5);
});

test('the same seed gives the same areas, another one others', async () => {
  const [real, heldOut, virtual] = [normals(200, 0, 1), normals(200, 0, 2), normals(300, 0.3, 3)];
  const once = await detectVirtual(virtual, { real, heldOut, seed: 5 });
  expect(await detectVirtual(virtual, { real, heldOut, seed: 5 })).toEqual(once);
  expect((await detectVirtual(virtual, { real, heldOut, seed: 6 })).trees.value).not.toBe(once.trees.value);
  expect(once.rows).toBe(200);
});

test('a table in which nothing varies is not told', async () => {
  const same = () => numbers(new Float64Array(100).fill(2.5));
  const { trees, logistic } = await detectVirtual(same(), { real: same(), heldOut: same() });
  expect([trees.value, logistic.value]).toEqual([0.5, 0.5]);
});

test('each row is scored once, by what was learned from others', async () => {
  const kind = (from: number) => [
    { isCoded: false, isFineness: false, values: Float64Array.from({ length: 9 }, (_, row) => from + row) },
  ];
  const scored: number[] = [];
  const detector = async (known: ReturnType<typeof kind>, labels: Float64Array, unknown: ReturnType<typeof kind>) => {
    const [learned, tested] = [new Set(known[0]!.values), [...unknown[0]!.values]];
    expect(tested.some((value) => learned.has(value))).toBe(false);
    expect([...known[0]!.values].map((value) => (value >= 100 ? 1 : 0))).toEqual([...labels]);
    scored.push(...tested);
    return unknown[0]!.values;
  };
  const areas = await crossValidate([kind(100), kind(0)], { detector: detector as never, folds: 3 }, async () => {});
  expect(areas.map(({ value }) => value)).toEqual([1, 1, 1]);
  expect(scored.sort((a, b) => a - b)).toEqual([...kind(0)[0]!.values, ...kind(100)[0]!.values]);
});

test('the regression stops where the penalised likelihood does not change', () => {
  // Four rows, one of them at 2: the derivatives at the weights that were found, by the formula.
  const [cells, labels] = [Float64Array.of(-1, 0, 1, 2), Float64Array.of(0, 1, 0, 1)];
  const design = { rows: 4, width: 1, weights: 2, places: new Int32Array(4).fill(1), values: cells };
  const [constant, weight] = atOnce(fitLogistic(design, labels));
  const errors = cells.map((cell, row) => 1 / (1 + Math.exp(-constant! - weight! * cell)) - labels[row]!);
  expect(errors.reduce((sum, error) => sum + error, 0)).toBeCloseTo(0, 4);
  expect(errors.reduce((sum, error, row) => sum + error * cells[row]!, 0) + weight!).toBeCloseTo(0, 4);
});

test('an id that the detector did not see has no weight', async () => {
  const ids = (values: number[]) => [{ isCoded: true, isFineness: false, values: Float64Array.from(values) }];
  const labels = Float64Array.of(1, 1, 0, 0);
  const scores = await logisticDetector(ids([0, 0, 1, 1]), labels, ids([0, 1, 5, -1, Number.NaN]), async () => {});
  expect(scores[0]).toBeGreaterThan(0);
  expect(scores[1]).toBeCloseTo(-scores[0]!, 6);
  for (const score of scores.slice(2)) expect(score).toBeCloseTo(0, 6);
});

describe('what cannot be judged is refused', () => {
  const [few, many, others] = [normals(59, 0, 1), normals(100, 0, 2), normals(100, 0, 3)];
  const other = parseTable('price\nlow\n', { price: categoryColumn() });
  test.each([
    [
      'few virtual rows',
      few,
      { real: many, heldOut: others },
      '`virtual` must have 60 rows or more, or trees find nothing to split, received 59',
    ],
    ['few held-out rows', many, { real: many, heldOut: few }, '`heldOut` must have 60 rows or more'],
    [
      'another kind',
      other as never,
      { real: many, heldOut: others },
      "`virtual.columns.price` must be a column of the kind 'number'",
    ],
    [
      'missing values only',
      numbers(new Float64Array(100).fill(Number.NaN)),
      { real: many, heldOut: others },
      '`virtual.columns.price` must have a value in at least one row',
    ],
    [
      'few rows asked for',
      many,
      { real: many, heldOut: others, rows: 59 },
      '`rows` must be a whole number from 60 to 1000000, received 59',
    ],
    ['no seed', many, { real: many, heldOut: others, seed: 0.5 }, '`seed` must be a safe integer'],
  ])('%s', async (_, virtual, options, message) => {
    await expect(detectVirtual(virtual, options)).rejects.toThrow(`detectVirtual: ${message}`);
  });
});
