import { describe, expect, test } from 'vitest';
import type { GlobalRows } from '../../../src/forecast/global/global-rows.js';
import { codedFeatures, codeRows, networkCoding } from '../../../src/forecast/global/network-inputs.js';
import type { FeatureKind } from '../../../src/forecast/global/sales-features.js';

const pause = async () => {};
const shape = { products: 2, horizon: 3, period: 'day', years: true };

function rowsOf(columns: readonly (readonly number[])[]): GlobalRows {
  const count = columns[0]!.length;
  const [levels, targets] = [new Float64Array(count).fill(1), new Float64Array(count)];
  return { columns: columns.map((column) => Float64Array.from(column)), levels, targets };
}

async function coded(learned: GlobalRows, kinds: readonly FeatureKind[], asked = learned, of = shape) {
  const coding = await networkCoding(learned, kinds, of, pause);
  const codes = { products: new Int32Array(asked.levels.length), steps: new Int32Array(asked.levels.length) };
  const inputs = await codeRows(coding, asked, codes, { pause, unknown: (size) => 10 * size });
  const width = coding.parts.length;
  const numbers = inputs.numbers as Float32Array;
  const column = (at: number) => Array.from({ length: numbers.length / width }, (_, row) => numbers[row * width + at]!);
  return { inputs, width, column, features: codedFeatures(coding) };
}

function expectColumn(found: readonly number[], expected: readonly number[]) {
  expect(found.length).toBe(expected.length);
  for (const [row, value] of expected.entries()) expect(found[row], `row ${row}`).toBeCloseTo(value, 5);
}

describe('numbers of a network', () => {
  test.each<[FeatureKind, (value: number) => number]>([
    ['ratio', Math.log1p],
    ['count', Math.log1p],
    ['plain', (value) => value],
    ['known', (value) => value],
  ])('%s: by the mean and sample deviation of the rows that were learned from', async (kind, made) => {
    const values = [0, 1, 1, 2, 6];
    const scaled = values.map(made);
    const centre = scaled.reduce((sum, value) => sum + value, 0) / 5;
    const deviation = Math.sqrt(scaled.reduce((sum, value) => sum + (value - centre) ** 2, 0) / 4);
    const asked = rowsOf([[3, 0.5, 1e6, Number.NaN]]);
    const { column, width } = await coded(rowsOf([values]), [kind], asked);
    expect(width).toBe(1);
    // What lies farther than five deviations counts as five, and what is missing as the mean.
    expectColumn(column(0), [(made(3) - centre) / deviation, (made(0.5) - centre) / deviation, 5, 0]);
    const below = await coded(rowsOf([values]), ['plain'], rowsOf([[-1e6]]));
    expectColumn(below.column(0), [-5]);
  });

  test('say what was missing where something was, and are 0 where nothing was known or nothing varied', async () => {
    const { column, width } = await coded(
      rowsOf([
        [1, Number.NaN, 3],
        [Number.NaN, Number.NaN, Number.NaN],
        [7, 7, 7],
      ]),
      ['plain', 'ratio', 'plain'],
    );
    expect(width).toBe(5);
    // Mean 2, deviation the root of 2.
    expectColumn(column(0), [-Math.SQRT1_2, 0, Math.SQRT1_2]);
    expectColumn(column(1), [0, 1, 0]);
    expectColumn(column(2), [0, 0, 0]);
    expectColumn(column(3), [1, 1, 1]);
    expectColumn(column(4), [0, 0, 0]);
    // In units of its own where it never varied.
    const constant = await coded(rowsOf([[7, 7, 7]]), ['plain'], rowsOf([[9, 6]]));
    expectColumn(constant.column(0), [2, -1]);
  });

  test('the day of the year is a place on a circle, if years tell it', async () => {
    const rows = rowsOf([[0, 365.25 / 4, 365.25 / 2, 365.25 / 12]]);
    const { column, width } = await coded(rows, ['dayOfYear']);
    expect(width).toBe(2);
    expectColumn(column(0), [0, 1, 0, 0.5]);
    expectColumn(column(1), [1, 0, -1, Math.sqrt(3) / 2]);
    expect((await coded(rows, ['dayOfYear'], rows, { ...shape, years: false })).width).toBe(0);
  });
});

describe('codes of a network', () => {
  test('weekdays are seven, groups as many as there were; another one is what the caller says', async () => {
    const learned = rowsOf([
      [0, 3, 5],
      [0, 1, 2],
    ]);
    const asked = rowsOf([
      [6, 1, 0],
      [2, Number.NaN, 0],
    ]);
    const { inputs, width, features } = await coded(learned, ['day', 'group'], asked);
    expect(width).toBe(0);
    expect([...(inputs.day_0 as Int32Array)]).toEqual([6, 1, 0]);
    expect([...(inputs.group_1 as Int32Array)]).toEqual([2, 30, 0]);
    const sizeOf = (name: string) => (features[name] as { vocabulary: { size: number } }).vocabulary.size;
    expect(['product', 'step', 'day_0', 'group_1'].map(sizeOf)).toEqual([2, 3, 7, 3]);
  });

  test('a day of the month is a number', async () => {
    const rows = rowsOf([[1, 31]]);
    const { column, inputs } = await coded(rows, ['day'], rows, { ...shape, period: 'week' });
    expect(inputs.day_0).toBeUndefined();
    expectColumn(column(0), [-Math.SQRT1_2, Math.SQRT1_2]);
  });
});
