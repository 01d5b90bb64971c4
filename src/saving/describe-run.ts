import { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { isArrayData, type NumericArray } from '../data/array-data.js';
import { walkLayers } from '../nn/models/walk-layers.js';
import { bytesOf, createCrc } from './document/checksum.js';

/** What tells one network from another, whatever its layers are called: `'5 layers, 1234 weights, 0badc0de'`. */
export async function describeNetwork(model: LayersModel): Promise<string> {
  const layers = walkLayers(model).map(({ layer, position }) => [position, layer.getClassName(), layer.getConfig()]);
  const shapes = model.weights.map(({ shape, trainable }) => [shape, trainable]);
  const text = JSON.stringify([layers, shapes], (name, value) => (name === 'name' ? undefined : value));
  const crc = createCrc();
  await crc.add(new TextEncoder().encode(text));
  return `${layers.length} layers, ${model.countParams()} weights, ${crc.digits()}`;
}

/** What tells data from others: shape and checksum of what is in memory; of an iterable nothing is known. */
export async function describeData(data: unknown): Promise<string> {
  if (data instanceof Tensor) return describeNumbers((await data.data()) as NumericArray, data.shape);
  if (isArrayData(data)) return describeNumbers(data.values, data.shape);
  if (Array.isArray(data)) return describeNumbers(Float64Array.from(data.flat()), [data.length]);
  if (ArrayBuffer.isView(data)) return describeNumbers(data as NumericArray, [(data as NumericArray).length]);
  return 'an iterable';
}

async function describeNumbers(values: NumericArray, shape: readonly number[]): Promise<string> {
  const crc = createCrc();
  await crc.add(bytesOf(values));
  return `[${shape.join(', ')}], ${crc.digits()}`;
}
