import { cohenKappa, fleissKappa } from 'minimart';
import { expect, test } from 'vitest';

const repeat = (answer: string, times: number) => new Array<string>(times).fill(answer);

test("Cohen's kappa of 50 grant proposals is 0.4", () => {
  // Both yes 20, first alone 5, second alone 10, both no 15: observed 0.7, expected 0.5 * 0.6 + 0.5 * 0.4 = 0.5.
  const first = [...repeat('yes', 25), ...repeat('no', 25)];
  const second = [...repeat('yes', 20), ...repeat('no', 5), ...repeat('yes', 10), ...repeat('no', 15)];
  expect(cohenKappa(first, second)).toBeCloseTo(0.4, 12);
});

test("Cohen's kappa is 1 for agreement, -1 for opposites, 0 for chance, and nothing when one answer is given throughout", () => {
  const first = ['a', 'b', 'a', 'b'];
  expect(cohenKappa(first, first)).toBe(1);
  expect(cohenKappa(first, ['b', 'a', 'b', 'a'])).toBe(-1);
  expect(cohenKappa(first, ['a', 'a', 'b', 'b'])).toBe(0);
  expect(cohenKappa(['a', 'a'], ['a', 'a'])).toBeNaN();
});

test("Fleiss' kappa of 10 subjects by 14 raters in 5 categories is 0.210", () => {
  // The worked example in Wikipedia, "Fleiss' kappa": mean agreement 0.378, expected 0.213.
  const counts = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
  ];
  expect(fleissKappa(counts)).toBeCloseTo(0.21, 3);
});

test("Fleiss' kappa is 1 for agreement and nothing when one answer is given throughout", () => {
  expect(
    fleissKappa([
      [3, 0],
      [0, 3],
    ]),
  ).toBe(1);
  expect(fleissKappa([[3, 0]])).toBeNaN();
});

test('refuse lists and counts that do not fit together', () => {
  expect(() => cohenKappa([], [])).toThrow('cohenKappa: `first` must not be empty');
  expect(() => cohenKappa(['a'], ['a', 'b'])).toThrow('`second` must hold 1 answers');
  expect(() =>
    fleissKappa([
      [2, 1],
      [2, 2],
    ]),
  ).toThrow('`counts[1]` must count the answers of 3 raters, received [2, 2]');
  expect(() => fleissKappa([[1, 0]])).toThrow('2 raters at least');
});
