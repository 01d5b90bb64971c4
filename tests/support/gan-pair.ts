import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type ArrayData, buildDiscriminator, buildGenerator, createRng, type GanRules, type PlainGan } from 'minimart';

/** A pair that trains in milliseconds, with batch statistics in one network and dropout in both games' way. */
export function smallPair(seed = 1): { generator: LayersModel; discriminator: LayersModel } {
  return {
    generator: buildGenerator({ latentSize: 3, hidden: [8], normalization: 'batch', outputShape: [4], seed }),
    discriminator: buildDiscriminator({ inputShape: [4], hidden: [8], dropout: 0.25, seed }),
  };
}

/** Normal numbers around 1, `[count, 4]`. */
export function smallData(count = 32, seed = 5): ArrayData {
  const values = createRng(seed).fillNormal(new Float32Array(count * 4));
  return { values: values.map((value) => 1 + 0.5 * value), shape: [count, 4] };
}

/** Any options at all, such as a test of refusals gives. */
export type AnyChange = GanRules & { readonly [name: string]: unknown };

/** Options that train, to be changed in one place by a test. To the compiler they are always a plain game by steps. */
export function smallRun(change: AnyChange = {}): GanRules & PlainGan & { readonly steps: number } {
  const pair = change.generator && change.discriminator ? undefined : smallPair();
  const run = { ...pair, data: smallData(), batchSize: 8, steps: 5, seed: 3, ...change };
  return run as typeof run & PlainGan;
}

/** All weights of a model on the host, in the model's order. */
export async function weightsOf(model: LayersModel): Promise<Float32Array[]> {
  // Copies: on cpu data() hands out the array that the next update changes.
  return Promise.all(model.getWeights().map(async (weight) => Float32Array.from(await weight.data())));
}
