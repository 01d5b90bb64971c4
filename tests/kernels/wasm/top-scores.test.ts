import { engine, type NamedTensorMap, type Tensor, tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { countsNow, expectNear, numbers, startOn } from '../suites/support.js';

interface Best {
  scores: Float32Array;
  items: number[];
}

async function topScores(queries: Tensor, items: Tensor, count: number, bias?: Tensor): Promise<Best[]> {
  const inputs: NamedTensorMap = bias === undefined ? { queries, items } : { queries, items, bias };
  const outputs: Tensor | Tensor[] = engine().runKernel('MinimartTopScores', inputs, { count });
  const [scores, found] = [outputs].flat();
  const [scoreData, itemData] = [await scores!.data(), await found!.data()];
  scores!.dispose();
  found!.dispose();
  return Array.from({ length: queries.shape[0]! }, (_, row) => ({
    scores: Float32Array.from(scoreData.slice(row * count, (row + 1) * count)),
    items: Array.from(itemData.slice(row * count, (row + 1) * count)),
  }));
}

/** Sorts all scores, best first, earlier items before later ones of the same score. */
function bestReference(scores: number[], count: number): number[] {
  const order = scores.map((_, item) => item).sort((a, b) => scores[b]! - scores[a]! || a - b);
  return order.slice(0, count);
}

describe('MinimartTopScores', () => {
  beforeAll(() => startOn('wasm'));

  test('finds the best items of each query, for any sizes, with and without a bias', async () => {
    const size = (max: number) => fc.integer({ min: 1, max });
    const sizes = fc.record({ rows: size(9), items: size(70), width: size(9), count: size(12), biased: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ rows, items, width, count: wanted, biased }) => {
        const count = Math.min(wanted, items);
        // Whole numbers make sums exact, and ties frequent.
        const whole = (length: number, seed: number) => numbers(length, seed).map((each) => Math.round(each * 2));
        const [q, i, b] = [whole(rows * width, 1), whole(items * width, 2), whole(items, 3)];
        const before = countsNow();
        const [queries, table, bias] = [tensor(q, [rows, width]), tensor(i, [items, width]), tensor(b)];
        const best = await topScores(queries, table, count, biased ? bias : undefined);
        for (const [row, { scores, items: found }] of best.entries()) {
          const all = Array.from({ length: items }, (_, item) => {
            let score = biased ? b[item]! : 0;
            for (let d = 0; d < width; d += 1) score += q[row * width + d]! * i[item * width + d]!;
            return score;
          });
          const expected = bestReference(all, count);
          expect(found).toEqual(expected);
          expectNear(
            scores,
            expected.map((item) => all[item]!),
            0,
          );
        }
        for (const each of [queries, table, bias]) each.dispose();
        expect(countsNow()).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  test('works through queries in blocks', async () => {
    const width = 700;
    const [queries, items] = [
      tensor(numbers(301 * width, 1), [301, width]),
      tensor(numbers(11 * width, 2), [11, width]),
    ];
    const best = await topScores(queries, items, 1);
    const [q, i] = [numbers(301 * width, 1), numbers(11 * width, 2)];
    for (const [row, { items: found }] of best.entries()) {
      const all = Array.from({ length: 11 }, (_, item) => {
        let score = 0;
        for (let d = 0; d < width; d += 1) score += q[row * width + d]! * i[item * width + d]!;
        return score;
      });
      expect(found).toEqual(bestReference(all, 1));
    }
  });

  test('never picks an item that is barred by minus infinity, or whose score is not a number', async () => {
    const [queries, items] = [tensor([[1]]), tensor([[5], [4], [Number.NaN], [3]])];
    const bias = tensor([Number.NEGATIVE_INFINITY, 0, 0, 0]);
    const [best] = await topScores(queries, items, 4, bias);
    expect(best!.items).toEqual([1, 3, -1, -1]);
    const none = Number.NEGATIVE_INFINITY;
    expect(Array.from(best!.scores)).toEqual([4, 3, none, none]);
  });

  test('refuses a count past the items, and operands that do not fit', async () => {
    const [queries, items] = [tensor([[1, 2]]), tensor([[1, 2]])];
    await expect(topScores(queries, items, 2)).rejects.toThrow(
      'MinimartTopScores: `count` must be an integer in [1, 1], received 2.',
    );
    await expect(topScores(queries, tensor([[1, 2, 3]]), 1)).rejects.toThrow(
      'MinimartTopScores: queries [Q, D], items [I, D] and bias [I] must be float32, received [1,2], [1,3], none.',
    );
  });
});
