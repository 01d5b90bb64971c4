/**
 * What every contender of row C trains: embeddings of 50 for users and items, dense 64, 32, 1 with relu, cross-entropy on
 * logits, Adam (1e-3, epsilon 1e-8), the loss read after every step. Pairs and labels are drawn at random beforehand.
 */
export interface EmbeddingWork {
  readonly batchSize: number;
  readonly users: number;
  readonly items: number;
}

/** Batches that are drawn before the clock starts; steps take them in turn. */
export const batchCount = 200;

/** One batch's columns. */
export interface PairBatch {
  readonly user: Int32Array;
  readonly item: Int32Array;
  readonly labels: Float32Array;
}

/** Random pairs with random labels, always the same ones (the generator of Numerical Recipes). */
export function pairBatches({ batchSize, users, items }: EmbeddingWork): PairBatch[] {
  let state = 1;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return Array.from({ length: batchCount }, () => ({
    user: Int32Array.from({ length: batchSize }, () => below(users)),
    item: Int32Array.from({ length: batchSize }, () => below(items)),
    labels: Float32Array.from({ length: batchSize }, () => below(2)),
  }));
}
