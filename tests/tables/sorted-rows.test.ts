import { createRng } from 'minimart';
import { expect, test } from 'vitest';
import { codeTable } from '../../src/tables/coding/table-coding.js';
import { sortRows } from '../../src/tables/mixture/sorted-rows.js';
import { startMixture } from '../../src/tables/mixture/start-mixture.js';
import { weighRows } from '../../src/tables/mixture/weigh-rows.js';
import { orderLines } from './order-lines.js';

const pause = async () => {};

test('rows that begin alike stand together, equal ones once, and none is lost', async () => {
  const coding = await codeTable('test', orderLines(900), 2, pause);
  const width = coding.columns.length;
  const wanted = new Map<string, number>();
  for (let row = 0; row < coding.length; row += 1) {
    const key = [...coding.rows.subarray(row * width, (row + 1) * width)].sort((a, b) => a - b).join(' ');
    wanted.set(key, (wanted.get(key) ?? 0) + 1);
  }
  const sorted = await sortRows(coding, pause);
  const lines = Array.from(sorted.counts, (_, row) => [...sorted.rows.subarray(row * width, (row + 1) * width)]);
  // States of different columns are different numbers.
  const found = new Map(lines.map((line, row) => [line.toSorted((a, b) => a - b).join(' '), sorted.counts[row]!]));
  expect(found).toEqual(wanted);
  expect(wanted.size).toBeLessThan(700);
  const beginnings = new Set<string>();
  for (const [row, line] of lines.entries()) {
    const alike = row === 0 ? 0 : line.findIndex((state, column) => state !== lines[row - 1]![column]);
    expect(sorted.shared[row]).toBe(alike);
    // What begins anew was never there before.
    for (let length = alike + 1; length <= width; length += 1) {
      const beginning = line.slice(0, length).join(' ');
      expect(beginnings.has(beginning)).toBe(false);
      beginnings.add(beginning);
    }
  }
  expect((await sortRows(coding, pause, Uint32Array.of(5, 7, 5))).counts.reduce((a, b) => a + b)).toBe(3);
});

test('the columns that tell least come first', async () => {
  const coding = await codeTable('test', orderLines(900), 20, pause);
  const { rows } = await sortRows(coding, pause);
  const { base, states, name } = coding.columns[0]!;
  expect(name).toBe('country');
  expect(rows[0]! >= base && rows[0]! < base + states.offsets.length - 1).toBe(true);
});

test.each([
  ['without a class left for a row, its likelihood is 0 and no sum is broken', 0],
  ['a chance too small to divide by counts as none', 1e-305],
])('%s', async (_, chance) => {
  const coding = await codeTable('test', orderLines(60), 4, pause);
  const mixture = await startMixture('test', coding, 2, createRng(5), pause);
  const sorted = await sortRows(coding, pause);
  // The first state of the first column in both classes.
  mixture.chances.fill(chance, 2 * sorted.rows[0]!, 2 * sorted.rows[0]! + 2);
  const tally = { states: new Float64Array(mixture.chances.length), classes: new Float64Array(2) };
  expect(await weighRows(sorted, mixture, tally, pause)).toBe(Number.NEGATIVE_INFINITY);
  expect([...tally.states, ...tally.classes].every(Number.isFinite)).toBe(true);
  const others = 60 - coding.shares[sorted.rows[0]!]! * 60;
  expect(tally.classes[0]! + tally.classes[1]!).toBeCloseTo(others, 9);
});
