import {
  categoryColumn,
  createRng,
  independentColumns,
  numberColumn,
  parseTable,
  type Table,
  trainOnVirtual,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { predictionTask } from '../../../src/tables/judging/training/prediction-task.js';

const pause = async () => {};

/** Rows of a rule: the shelf is that of the price's size, the answer is yes in 9 of 10 rows above 50, the weight three times the price. */
function ruled(rows: number, seed: number) {
  const rng = createRng(seed);
  const lines = Array.from({ length: rows }, () => {
    const price = rng.integer(100);
    const answer = rng.uniform() < 0.1 !== price > 50 ? 'yes' : 'no';
    return `${price},${answer},shelf ${Math.floor(price / 25)},${3 * price + rng.uniform()}`;
  });
  return parseTable(`price,answer,shelf,weight\n${lines.join('\n')}\n`, {
    price: numberColumn(),
    answer: categoryColumn(),
    shelf: categoryColumn(),
    weight: numberColumn(),
  });
}

const [real, heldOut, twin] = [ruled(500, 1), ruled(500, 2), ruled(500, 3)];
const apart = async () => (await independentColumns(real)).sample(500, { seed: 1 });

test('rows of the same rule teach as much as real ones, columns by themselves nothing', async () => {
  const good = await trainOnVirtual(twin, { real, heldOut, target: 'answer' });
  expect(good).toMatchObject({ target: 'answer', rows: 500, tested: 500 });
  const [score] = good.scores;
  // The best answer is right in nine of ten rows of either kind: (0.9 + 0.9) / 2 of the area.
  expect(score!.virtual.value).toBeGreaterThan(0.84);
  expect(score!.virtual.value).toBeLessThan(0.96);
  expect(score!.real.value).toBeGreaterThan(0.84);
  expect(score!.constant).toBe(0.5);
  const [bad] = (await trainOnVirtual(await apart(), { real, heldOut, target: 'answer' })).scores;
  expect(bad!.virtual.interval[1]).toBeLessThan(bad!.real.interval[0]);
  expect(bad!.real).toEqual(score!.real);
});

test('several classes are measured by accuracy and log loss', async () => {
  const { scores } = await trainOnVirtual(twin, { real, heldOut, target: 'shelf' });
  expect(scores.map(({ measure, best }) => [measure, best])).toEqual([
    ['accuracy', 'higher'],
    ['log loss', 'lower'],
  ]);
  // The price says it all; the constant is right in about a quarter of the rows.
  expect(scores[0]!.virtual.value).toBeGreaterThan(0.97);
  expect(scores[0]!.constant).toBeLessThan(0.35);
  expect(scores[1]!.virtual.value).toBeLessThan(0.15);
  expect(scores[1]!.constant).toBeGreaterThan(1.3);
});

test('numbers are measured by R squared and the mean absolute error, in their own unit', async () => {
  const { scores } = await trainOnVirtual(twin, { real, heldOut, target: 'weight' });
  const [explained, error] = scores;
  expect(explained!.virtual.value).toBeGreaterThan(0.98);
  expect(explained!.constant).toBeLessThanOrEqual(0);
  // Weights are uniform on 0 to 300: the mean is off by a quarter of that.
  expect(error!.constant).toBeGreaterThan(65);
  expect(error!.constant).toBeLessThan(85);
  expect(error!.virtual.value).toBeLessThan(10);
});

test('the columns of a condition do not give it away', async () => {
  const target = { price: { from: 51 }, weight: { from: 0 } } as const;
  const { scores, target: name } = await trainOnVirtual(twin, { real, heldOut, target });
  expect(name).toBe('{"price":{"from":51},"weight":{"from":0}}');
  // What is left is the shelf, which says all but one price of 49 to 51, and the answer.
  expect(scores[0]!.virtual.value).toBeGreaterThan(0.95);
  expect(scores[0]!.virtual.value).toBeLessThan(1);
});

test('measures are what their formulas say', async () => {
  const targets = Float64Array.of(1, 2, 3, 6);
  const [explained, error] = predictionTask(targets, true).measures;
  const scores = [Float64Array.of(1, 2, 3, 4)];
  // Squared errors 4, squares about the mean 3 are 4 + 1 + 0 + 9.
  expect((await explained!.of(targets, scores, pause)).value).toBeCloseTo(1 - 4 / 14, 12);
  const { value, interval } = await error!.of(targets, scores, pause);
  expect(value).toBe(0.5);
  // Errors 0, 0, 0, 2: variance 1, standard error 1 / 2.
  expect(interval[1]).toBeCloseTo(0.5 + 1.959963984540054 / 2, 12);
  const classes = Float64Array.of(5, 5, 7, 9);
  const task = predictionTask(classes, false);
  expect([...task.code(Float64Array.of(5, 7, 9, 8))].slice(-1)).toEqual([3]);
  // Even chances for four classes, the first and the others together among them.
  const even = Array.from({ length: 4 }, () => new Float64Array(4));
  expect((await task.measures[1]!.of(task.code(classes), even, pause)).value).toBeCloseTo(Math.log(4), 12);
});

describe('what cannot be learned is refused', () => {
  const few = ruled(59, 1);
  const constant = {
    ...real,
    columns: { ...real.columns, price: { ...real.columns.price, values: new Float64Array(500) } },
  };
  const only: Table = { ...real, columns: { price: real.columns.price } };
  test.each([
    [
      'no such column',
      real,
      { real, heldOut, target: 'size' as never },
      "`target` must name columns of the table ('price', 'answer', 'shelf', 'weight'), received 'size'",
    ],
    [
      'no target',
      real,
      { real, heldOut } as never,
      '`target` must be the name of a column, or an object of conditions by column, received undefined',
    ],
    ['no condition', real, { real, heldOut, target: {} }, '`target` must be the name of a column'],
    [
      'an id that is not there',
      real,
      { real, heldOut, target: { shelf: 'attic' } },
      '`target.shelf` must be an id of the column',
    ],
    [
      'a constant target',
      real,
      { real: constant, heldOut, target: 'price' },
      "`target` must not be the same in all rows of `real`, received 'price'",
    ],
    [
      'a constant answer',
      real,
      { real, heldOut, target: { price: { from: 0 } } },
      '`target` must not be the same in all rows of `real`',
    ],
    [
      'a constant test',
      real,
      { real, heldOut: constant, target: 'price' },
      '`target` must not be the same in all rows of `heldOut`',
    ],
    ['few rows', few, { real, heldOut, target: 'price' }, '`virtual` must have 60 rows or more'],
    [
      'nothing to learn from',
      only as never,
      { real: only, heldOut: { ...heldOut, columns: { price: heldOut.columns.price } }, target: 'price' } as never,
      '`target` must leave a column to learn from',
    ],
  ])('%s', async (_, virtual, options, message) => {
    await expect(trainOnVirtual(virtual, options as never)).rejects.toThrow(`trainOnVirtual: ${message}`);
  });
});
