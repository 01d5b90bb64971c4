import { factorRecommender, type Interactions, type Recommender } from 'minimart';

/**
 * Ranks items by how near they are to the mean of what a user chose: what is left of the adversarial recommender without a
 * generator. `-|x - m|^2` is `2 m . x - |x|^2` up to a constant for each user, which is a dot product.
 */
export function nearestToMean(train: Interactions, items: Float32Array, size: number): Recommender {
  const users = new Float32Array(train.users.size * size);
  train.itemIndices.forEach((item, row) => {
    const user = train.userIndices[row]!;
    const rows = train.offsets[user + 1]! - train.offsets[user]!;
    for (let column = 0; column < size; column += 1) {
      users[user * size + column]! += (2 * items[item * size + column]!) / rows;
    }
  });
  const itemBiases = Float32Array.from({ length: train.items.size }, (_, item) =>
    items.subarray(item * size, (item + 1) * size).reduce((sum, value) => sum - value ** 2, 0),
  );
  return factorRecommender({
    name: 'nearest to the mean',
    users: train.users,
    items: train.items,
    factors: { size, users, items, itemBiases },
    seen: train,
  });
}
