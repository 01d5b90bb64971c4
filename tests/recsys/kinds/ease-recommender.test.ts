import { createRng, createVocabulary, easeRecommender, foldInUser, recommend } from 'minimart';
import { describe, expect, test } from 'vitest';
import { interactionsOf } from '../support/hand-made.js';

const names = (count: number) => createVocabulary(Array.from({ length: count }, (_, index) => index));

function randomShop(users: number, items: number, rows: number) {
  const rng = createRng(4);
  return interactionsOf(
    names(users),
    names(items),
    Array.from({ length: rows }, () => [rng.integer(users), Math.floor(items * rng.uniform() ** 2)] as const),
  );
}

describe('easeRecommender', () => {
  test('scores by hand: two items of two users', async () => {
    // ann has both, bob the first: X'X = [[2, 1], [1, 1]]; with regularization 1, P = inverse([[3, 1], [1, 2]]) = [[2, -1], [-1, 3]] / 5.
    const train = interactionsOf(names(2), names(2), [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 0],
    ]);
    const recommender = await easeRecommender(train, { regularization: 1 });
    expect(recommender).toMatchObject({ name: 'ease', seen: train });
    const scores = [...(await recommender.scoreAll(Int32Array.of(0, 1)))];
    // B[0, 1] = 1/3, B[1, 0] = 1/2.
    for (const [at, expected] of [1 / 2, 1 / 3, 0, 1 / 3].entries()) expect(scores[at]).toBeCloseTo(expected, 6);
  });

  // More items than one block of 128, so that every part of the inversion is gone through.
  test('solves its normal equations off the diagonal, and leaves 0 on it', async () => {
    const [users, items, regularization] = [200, 300, 20];
    const train = randomShop(users, items, 4000);
    const recommender = await easeRecommender(train, { regularization });
    const B = await recommender.state!();
    const weights = B.tensors!.weights!.values as Float32Array;
    const has = Array.from({ length: users }, () => new Uint8Array(items));
    for (let row = 0; row < train.length; row += 1) has[train.userIndices[row]!]![train.itemIndices[row]!] = 1;
    const together = (i: number, j: number) => has.reduce((sum, own) => sum + own[i]! * own[j]!, 0);
    const gram = Array.from({ length: items }, (_, i) =>
      Float64Array.from({ length: items }, (_, j) => together(i, j)),
    );
    for (let item = 0; item < items; item += 17) {
      expect(weights[item * items + item]).toBe(0);
      for (let other = 0; other < items; other += 1) {
        if (other === item) continue;
        let left = regularization * weights[other * items + item]!;
        for (let k = 0; k < items; k += 1) left += gram[other]![k]! * weights[k * items + item]!;
        expect(left).toBeCloseTo(gram[other]![item]!, 3);
      }
    }
  });

  test('scores a newcomer as a customer who did the same', async () => {
    const train = randomShop(50, 20, 300);
    const recommender = await easeRecommender(train, { regularization: 5 });
    const own = [...new Set(train.itemIndices.subarray(train.offsets[7]!, train.offsets[8]!))];
    const guest = await recommend(recommender, await foldInUser(recommender, own), { k: 5 });
    expect(guest).toEqual(await recommend(recommender, 7, { k: 5 }));
  });

  test('refuses what it cannot solve', async () => {
    const train = interactionsOf(names(1), names(1), [[0, 0]]);
    await expect(easeRecommender(train, { regularization: 0 })).rejects.toThrow(
      '`regularization` must be a positive number',
    );
    const wide = interactionsOf(names(1), names(20_001), [[0, 0]]);
    await expect(easeRecommender(wide)).rejects.toThrow('`train.items.size` must be a whole number from 1 to 20000');
    await expect(easeRecommender(interactionsOf(names(1), names(1), []))).rejects.toThrow(
      '`train` must have at least one row',
    );
  });
});
