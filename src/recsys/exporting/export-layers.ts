import { type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/** A layer of tfjs-layers. */
type Layer = ReturnType<typeof layers.dense>;

/** Makes layers and remembers the weights that they get once the model stands. */
export interface LayerMaker {
  /** Rows of a table by the index in the last column of `indices`, `[B, 1]` -> `[B, size]`. */
  lookUp(name: string, values: Float32Array, size: number, indices: SymbolicTensor, isTrained: boolean): SymbolicTensor;
  /** A dense layer with these weights. */
  dense(
    name: string,
    input: SymbolicTensor,
    kernel: Tensor,
    bias: Tensor,
    activation: 'relu' | 'linear',
  ): SymbolicTensor;
  /** Adds a bias to a block. */
  addBias(name: string, input: SymbolicTensor, bias: Tensor): SymbolicTensor;
  /** Gives the layers their weights. */
  setWeights(): void;
}

/** Makes a maker whose layers bear none of the names that are taken. */
export function createLayerMaker(taken: Iterable<string>): LayerMaker {
  const waiting: (() => void)[] = [];
  const names = new Set(taken);
  // Names of layers hold letters, digits and underscores; two features may only differ in something else.
  const nameOf = (given: string): string => {
    let name = given.replace(/[^A-Za-z0-9_]/g, '_').replace(/^_/, 'x_');
    while (names.has(name)) name += '_';
    names.add(name);
    return name;
  };
  const dense: LayerMaker['dense'] = (name, input, kernel, bias, activation) => {
    const layer: Layer = layers.dense({ name: nameOf(name), units: kernel.shape[1]!, activation });
    waiting.push(() => layer.setWeights([kernel, bias]));
    return layer.apply(input) as SymbolicTensor;
  };
  return {
    dense,
    lookUp: (name, values, size, indices, isTrained) => {
      const rows = values.length / size;
      const embedding = layers.embedding({ name: nameOf(name), inputDim: rows, outputDim: size, trainable: isTrained });
      waiting.push(() => {
        const table = tensor2d(values, [rows, size]);
        embedding.setWeights([table]);
        table.dispose();
      });
      const found = embedding.apply(indices) as SymbolicTensor;
      return layers.flatten({ name: nameOf(`${name}_row`) }).apply(found) as SymbolicTensor;
    },
    addBias: (name, input, bias) => {
      const size = bias.shape[0]!;
      const identity = Float32Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));
      const layer: Layer = layers.dense({ name: nameOf(name), units: size });
      waiting.push(() => {
        const kernel = tensor2d(identity, [size, size]);
        layer.setWeights([kernel, bias]);
        kernel.dispose();
      });
      return layer.apply(input) as SymbolicTensor;
    },
    setWeights: () => {
      for (const set of waiting) set();
    },
  };
}
