import { createRng } from 'minimart';
import { describe, expect, test } from 'vitest';
import { selectTop } from '../../../src/recsys/serving/select-top.js';

const all = () => true;

describe('selectTop', () => {
  test('gives positions best first', () => {
    expect([...selectTop('x', Float32Array.of(1, 5, 3, 4), 3, all)]).toEqual([1, 3, 2]);
  });

  test('breaks ties by position, also at the edge of the list', () => {
    expect([...selectTop('x', Float32Array.of(2, 7, 2, 7, 2), 3, all)]).toEqual([1, 3, 0]);
  });

  test('agrees with a full sort on random scores with many ties, at every length', () => {
    const rng = createRng(3);
    const scores = Float32Array.from({ length: 200 }, () => rng.integer(20));
    const sorted = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b);
    for (const count of [1, 2, 7, 100, 199, 200, 300]) {
      expect([...selectTop('x', scores, count, all)]).toEqual(sorted.slice(0, count));
    }
  });

  test('gives fewer where fewer are accepted, and never minus infinity', () => {
    const scores = Float32Array.of(1, Number.NEGATIVE_INFINITY, 3, 2);
    expect([...selectTop('x', scores, 4, (position) => position !== 2)]).toEqual([3, 0]);
  });

  test('asks only about positions that would make the list', () => {
    const asked: number[] = [];
    selectTop('x', Float32Array.of(9, 1, 8, 2), 2, (position) => asked.push(position) > 0);
    // The list is [0, 1] until 8 pushes 1 out; 2 is below both that are left.
    expect(asked).toEqual([0, 1, 2]);
  });

  test('refuses NaN', () => {
    expect(() => selectTop('recommend', Float32Array.of(1, Number.NaN), 1, all)).toThrow(
      'recommend: scores must be numbers, received NaN at position 1.',
    );
  });
});
