import { getBackend } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/**
 * How many samples to put through a network at once, so that the host is not held for long: what takes some 20 milliseconds
 * where the host computes, and `most` on a graphics card, which computes beside it. It depends on nothing but the network and
 * the backend, so that results repeat.
 */
export function samplesAtOnce(model: LayersModel, most: number): number {
  const backend = getBackend();
  if (backend !== 'cpu' && backend !== 'wasm') return most;
  const cost = model.layers.reduce((sum, layer) => sum + layerCost(layer), 0);
  // Multiplications in some 20 milliseconds: plain loops do 1,000 in the time of 8,000 of SIMD.
  const budget = backend === 'cpu' ? 2 ** 23 : 2 ** 26;
  return Math.max(1, Math.min(most, Math.floor(budget / cost)));
}

// Each weight once at every place of the smaller map; and some work for every number that comes out.
function layerCost(layer: Layer): number {
  const weights = layer.weights.reduce((sum, { shape }) => sum + product(shape), 0);
  const [taken, made] = [layer.input, layer.output].map((side) => [side].flat().at(-1)?.shape ?? []);
  return weights * Math.min(places(taken!), places(made!)) + 8 * product(made!);
}

function places(shape: readonly (number | null)[]): number {
  return product(shape.slice(1, -1));
}

function product(shape: readonly (number | null)[]): number {
  return shape.reduce<number>((size, length) => size * (length ?? 1), 1);
}
