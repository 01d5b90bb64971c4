import { readFileSync } from 'node:fs';
import { decodeSafetensors, factorRecommender, type Interactions, type Recommender } from 'minimart';
import { sharedData } from '../../../bench/recsys/shared-data.js';

type Weights = (name: string) => Float32Array;

/** The pretrained networks of He et al., "Neural Collaborative Filtering" (2017), or undefined without their files. */
export function ncfWeights(name: 'gmf-8' | 'mlp-64-32-16-8'): Weights | undefined {
  const path = sharedData('ncf-weights', `${name}.safetensors`);
  if (path === undefined) return undefined;
  const { tensors } = decodeSafetensors(readFileSync(path));
  return (tensor) => tensors[tensor]!.values as Float32Array;
}

/** logit = (user * item) . kernel + bias: a dot product with the kernel in the items. */
export function gmfRecommender(weights: Weights, { users, items }: Interactions): Recommender {
  const [kernel, bias] = [weights('prediction.kernel'), weights('prediction.bias')[0]!];
  const weighted = weights('item_embedding').map((value, at) => value * kernel[at % 8]!);
  const itemBiases = new Float32Array(items.size).fill(bias);
  const factors = { size: 8, users: weights('user_embedding'), items: weighted, itemBiases };
  return factorRecommender({ name: 'GMF-8', users, items, factors });
}

/** Dense relu layers 64-32-16-8 on the concatenated embeddings, written as plain loops. */
export function mlpRecommender(weights: Weights, { users, items }: Interactions): Recommender {
  const [first, ...layers] = ['dense_0', 'dense_1', 'dense_2', 'prediction'].map((name) => {
    const bias = Float64Array.from(weights(`${name}.bias`));
    return { columns: columnsOf(weights(`${name}.kernel`), bias.length), bias };
  });
  const [userRows, itemRows] = [weights('user_embedding'), weights('item_embedding')];
  // What the first layer adds up for a user is the same for all items.
  let latest = -1;
  const [ofUser, sums] = [first!.bias.slice(), [first!, ...layers].map(({ bias }) => bias.slice())];
  const score = (user: number, item: number) => {
    if (user !== latest) {
      latest = user;
      addProducts(first!.bias, first!.columns, userRows.subarray(32 * user, 32 * (user + 1)), 0, ofUser);
    }
    addProducts(ofUser, first!.columns, itemRows.subarray(32 * item, 32 * (item + 1)), 32, sums[0]!);
    layers.forEach(({ bias, columns }, depth) => {
      const values = sums[depth]!;
      for (let at = 0; at < values.length; at += 1) values[at] = Math.max(0, values[at]!);
      addProducts(bias, columns, values, 0, sums[depth + 1]!);
    });
    return sums[3]![0]!;
  };
  return {
    name: 'MLP [64,32,16,8]',
    users,
    items,
    scorePairs: async (us, is) => Float32Array.from(us, (user, pair) => score(user, is[pair]!)),
    scoreAll: async () => {
      throw new Error('not needed here');
    },
  };
}

/** The columns of a matrix `[from, to]`. */
function columnsOf(kernel: Float32Array, to: number): Float64Array[] {
  const from = kernel.length / to;
  return Array.from({ length: to }, (_, column) =>
    Float64Array.from({ length: from }, (__, row) => kernel[row * to + column]!),
  );
}

/** Writes each start plus the products of `values` with its column, from the row `first` on. */
function addProducts(
  starts: Float64Array,
  columns: readonly Float64Array[],
  values: Float32Array | Float64Array,
  first: number,
  sums: Float64Array,
): void {
  for (let column = 0; column < starts.length; column += 1) {
    const weights = columns[column]!;
    let sum = starts[column]!;
    for (let row = 0; row < values.length; row += 1) sum += values[row]! * weights[first + row]!;
    sums[column] = sum;
  }
}
