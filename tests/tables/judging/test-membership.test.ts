import {
  bootstrapRows,
  categoryColumn,
  countColumn,
  createRng,
  independentColumns,
  numberColumn,
  parseTable,
  testMembership,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { nearestDistance, rowPoints } from '../../../src/tables/judging/nearness/row-points.js';
import { orderLines } from '../order-lines.js';

const pause = async () => {};
const [train, heldOut] = [orderLines(600, 1), orderLines(600, 2)];

test('rows drawn from the table itself are found out', async () => {
  const virtual = await (await bootstrapRows(train)).sample(600, { seed: 3 });
  const { closer, attack, rows } = await testMembership(virtual, { real: train, heldOut });
  expect(rows).toBe(600);
  // Every virtual row is a learned one; some are equal to a held-out row as well, and count half.
  expect(closer.value).toBeGreaterThan(0.95);
  // A row is missed by 600 draws with the probability 1/e: the others are at distance 0, which held-out ones seldom are.
  expect(attack.value).toBeGreaterThan(1 - Math.exp(-1));
  expect(attack.interval[0]).toBeGreaterThan(0.7);
});

test('columns of common values, drawn by themselves, leak no row', async () => {
  const common = (seed: number) => {
    const rng = createRng(seed);
    const lines = Array.from({ length: 600 }, () => [20, 9, 12, 7].map((below) => rng.integer(below)).join(','));
    const kinds = { price: countColumn(), country: categoryColumn(), hour: countColumn(), weekday: countColumn() };
    return parseTable(`price,country,hour,weekday\n${lines.join('\n')}\n`, kinds);
  };
  const [real, others] = [common(1), common(2)];
  const virtual = await (await independentColumns(real)).sample(600, { seed: 3 });
  const { closer, attack } = await testMembership(virtual, { real, heldOut: others });
  for (const { interval } of [closer, attack]) {
    expect(interval[0]).toBeLessThan(0.5);
    expect(interval[1]).toBeGreaterThan(0.5);
  }
});

test('numbers that hardly two rows have are leaked by columns alone: they come back in virtual rows', async () => {
  const virtual = await (await independentColumns(train)).sample(600, { seed: 3 });
  const { closer } = await testMembership(virtual, { real: train, heldOut });
  expect(closer.interval[0]).toBeGreaterThan(0.5);
  expect(closer.value).toBeLessThan(0.65);
});

test('held-out rows handed out as virtual ones come out below one half', async () => {
  const { closer, attack } = await testMembership(heldOut, { real: train, heldOut });
  expect(closer.interval[1]).toBeLessThan(0.1);
  expect(attack.interval[1]).toBeLessThan(0.1);
});

test('the distance adds differences in ranges, ids that differ and what is missing on one side', async () => {
  const table = (lines: string) => {
    const read = parseTable(`price,pieces\n${lines}`, {
      price: numberColumn({ missing: 'keep' }),
      pieces: numberColumn({ missing: 'keep' }),
    });
    return read;
  };
  // Prices range over 10, pieces over 4.
  const real = table('0,1\n10,5\n');
  const [from, near, far, gap] = await rowPoints(
    real,
    [table('2,2\n,2\n'), table('7,3\n'), table('99,2\n'), table(',2\n')],
    pause,
  );
  expect(nearestDistance(from!, 0, near!)).toBeCloseTo(0.5 + 0.25, 12);
  // 97 is more than a range, and counts as one.
  expect(nearestDistance(from!, 0, far!)).toBe(1);
  expect(nearestDistance(from!, 0, gap!)).toBe(1);
  expect(nearestDistance(from!, 1, gap!)).toBe(0);
});

test('ids are the same or not, and a column that never varies has no range to divide by', async () => {
  const lines = orderLines(1, 4);
  const [own, other] = await rowPoints(lines, [lines, orderLines(1, 9)], pause);
  expect(nearestDistance(own!, 0, own!)).toBe(0);
  const distance = nearestDistance(own!, 0, other!);
  expect(Number.isInteger(distance)).toBe(true);
  expect(distance).toBeGreaterThan(0);
});

describe('what cannot be judged is refused', () => {
  test.each([
    [
      'few rows',
      orderLines(19),
      { real: train, heldOut },
      '`virtual` must have 20 rows or more, or shares of them say nothing, received 19',
    ],
    ['few rows asked for', train, { real: train, heldOut, rows: 5 }, '`rows` must be a whole number from 20 to 100000'],
    ['no table', train, { real: 5 as never, heldOut }, '`real` must be a table'],
  ])('%s', async (_, virtual, options, message) => {
    await expect(testMembership(virtual, options)).rejects.toThrow(`testMembership: ${message}`);
  });
});
