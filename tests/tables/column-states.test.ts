import { createRng } from 'minimart';
import { describe, expect, test } from 'vitest';
import { type ColumnStates, findStates, stateOfValue } from '../../src/tables/coding/column-states.js';

const pause = async () => {};
const numbers = { isCoded: false, bins: 20 };

const sizes = ({ offsets, places, counts }: ColumnStates) =>
  Array.from({ length: offsets.length - 1 }, (_, state) =>
    [...places.subarray(offsets[state]!, offsets[state + 1]!)].reduce((sum, place) => sum + counts[place]!, 0),
  );

/** 1,000 different numbers in random order, with `others` behind. */
const thousand = (others: readonly number[]) =>
  Float64Array.from([...createRng(1).permutation(1000)].map((value) => value / 8).concat(others));

describe('the states of a column of numbers', () => {
  test('are its values, where they are few', async () => {
    const cells = Float64Array.from({ length: 500 }, (_, row) => (row * 7) % 50);
    const states = await findStates(cells, numbers, pause);
    expect(sizes(states)).toEqual(new Array(50).fill(10));
    expect([...states.values]).toEqual(Array.from({ length: 50 }, (_, value) => value));
    const more = await findStates(
      Float64Array.from({ length: 510 }, (_, row) => row % 51),
      numbers,
      pause,
    );
    // Each of 51 holds some 2% of the rows, more than half a percent: repeated numbers, states of their own.
    expect(sizes(more)).toEqual(new Array(51).fill(10));
  });

  test('are bins of as many rows each, where no number comes back', async () => {
    const states = await findStates(thousand([]), numbers, pause);
    expect(sizes(states)).toEqual(new Array(20).fill(50));
    expect(stateOfValue(states, 0)).toBe(0);
    expect(stateOfValue(states, 49 / 8)).toBe(0);
    expect(stateOfValue(states, 50 / 8)).toBe(1);
    expect(sizes(await findStates(thousand([]), { ...numbers, bins: 3 }, pause))).toEqual([333, 334, 333]);
  });

  test('split off what half a percent of the rows hold, and missing values', async () => {
    const cells = thousand([...new Array(6).fill(30.06), ...new Array(4).fill(500), ...new Array(90).fill(Number.NaN)]);
    const states = await findStates(cells, numbers, pause);
    // 1,010 numbers: half a percent are 5.05.
    expect(sizes(states)[0]).toBe(6);
    expect(sizes(states).at(-1)).toBe(90);
    expect(sizes(states)).toHaveLength(22);
    expect(stateOfValue(states, 30.06)).toBe(0);
    expect(stateOfValue(states, Number.NaN)).toBe(21);
    expect(stateOfValue(states, 500)).toBe(20);
  });

  test('take what is not there for the nearest that is', async () => {
    const states = await findStates(Float64Array.of(1, 2, 4, 8), numbers, pause);
    expect([-5, 1.4, 1.6, 3, 3.1, 6.1, 99].map((value) => stateOfValue(states, value))).toEqual([0, 0, 1, 1, 2, 3, 3]);
    expect(stateOfValue(states, Number.NaN)).toBe(-1);
  });
});

test('ids have a state each, and one that is not there has none', async () => {
  const states = await findStates(Float64Array.of(3, 0, 3, Number.NaN), { isCoded: true, bins: 1 }, pause);
  expect(sizes(states)).toEqual([1, 2, 1]);
  expect([0, 3, 1, Number.NaN].map((code) => stateOfValue(states, code))).toEqual([0, 1, -2, 2]);
});
