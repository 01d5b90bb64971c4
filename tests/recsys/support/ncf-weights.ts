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
  const layers = ['dense_0', 'dense_1', 'dense_2', 'prediction'].map((name) => ({
    kernel: weights(`${name}.kernel`),
    bias: weights(`${name}.bias`),
  }));
  const [userRows, itemRows] = [weights('user_embedding'), weights('item_embedding')];
  const sums = layers.map(({ bias }) => new Float64Array(bias.length));
  const input = new Float64Array(64);
  const score = (user: number, item: number) => {
    for (let d = 0; d < 32; d += 1) {
      input[d] = userRows[32 * user + d]!;
      input[32 + d] = itemRows[32 * item + d]!;
    }
    let values = input;
    for (let depth = 0; depth < 4; depth += 1) {
      const { kernel, bias } = layers[depth]!;
      const next = sums[depth]!;
      for (let to = 0; to < next.length; to += 1) {
        let sum = bias[to]!;
        for (let from = 0; from < values.length; from += 1) sum += values[from]! * kernel[from * next.length + to]!;
        next[to] = depth < 3 ? Math.max(0, sum) : sum;
      }
      values = next;
    }
    return values[0]!;
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
