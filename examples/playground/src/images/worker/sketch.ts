import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { decodeSafetensors, encodeSafetensors } from 'minimart';

/** The two networks of a run. */
export interface Pair {
  readonly generator: LayersModel;
  readonly discriminator: LayersModel;
}

/**
 * Weights of a pair as bytes, a quarter of their size: each array's numbers in 255 steps from its smallest to its largest.
 * Good enough to begin with, since training goes on from there; no way to keep a trained network.
 */
export async function packSketch(pair: Pair): Promise<Uint8Array> {
  const ranges: Record<string, readonly [low: number, step: number]> = {};
  const tensors: Record<string, { shape: readonly number[]; values: Uint8Array }> = {};
  for (const [name, weight] of weightsOf(pair)) {
    const values = await weight.data<'float32'>();
    const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    const step = (high - low) / 255 || 1;
    ranges[name] = [low, step];
    tensors[name] = {
      shape: weight.shape,
      values: Uint8Array.from(values, (value) => Math.round((value - low) / step)),
    };
  }
  return encodeSafetensors(tensors, { metadata: { ranges: JSON.stringify(ranges) } });
}

/** Gives a pair of the same shape the weights of `packSketch`. */
export function unpackSketch(bytes: Uint8Array, pair: Pair): void {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const ranges = JSON.parse(metadata.ranges ?? '{}') as Record<string, readonly [low: number, step: number]>;
  for (const [part, model] of parts(pair)) {
    const weights = model.getWeights().map((weight, index) => {
      const name = nameOf(part, index);
      const [low, step] = ranges[name]!;
      return tensor(
        Float32Array.from(tensors[name]!.values, (value) => low + step * value),
        weight.shape,
      );
    });
    model.setWeights(weights);
    for (const weight of weights) weight.dispose();
  }
}

function weightsOf(pair: Pair): readonly (readonly [name: string, weight: Tensor])[] {
  return parts(pair).flatMap(([part, model]) =>
    model.getWeights().map((weight, index) => [nameOf(part, index), weight] as const),
  );
}

function parts({ generator, discriminator }: Pair) {
  return [
    ['generator', generator],
    ['discriminator', discriminator],
  ] as const;
}

const nameOf = (part: string, index: number) => `${part}/${String(index).padStart(2, '0')}`;
