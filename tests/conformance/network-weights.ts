import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Networks } from './training-pairs.js';

/** Every weight of both networks on the host, by name. */
export type NetworkWeights = ReadonlyMap<string, Float32Array>;

export async function readWeights(networks: Networks): Promise<NetworkWeights> {
  const weights = new Map<string, Float32Array>();
  for (const { name, weight } of listWeights(networks)) {
    // A copy: on cpu `data` gives the very array that the next step changes.
    weights.set(name, (await weight.read().data<'float32'>()).slice());
  }
  return weights;
}

export function writeWeights(networks: Networks, weights: NetworkWeights): void {
  tidy(() => {
    for (const { name, weight } of listWeights(networks)) {
      weight.write(tensor(weights.get(name)!, weight.shape as number[]));
    }
  });
}

function listWeights({ generator, discriminator }: Networks) {
  const named = (owner: string, model: LayersModel) =>
    model.weights.map((weight, index) => ({ name: `${owner} ${index} ${weight.originalName}`, weight }));
  return [...named('generator', generator), ...named('discriminator', discriminator)];
}
