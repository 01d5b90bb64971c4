import '../../support/backends.js';
import { memory, mul, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import {
  buildDiscriminator,
  buildGenerator,
  cloneModel,
  createRng,
  latentNoise,
  layerBase,
  useBackend,
} from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { weightsOf } from '../../support/gan-pair.js';

// Never registered: only its own class knows how to make it.
class Doubled extends layerBase() {
  static className = 'TestDoubled';
  override call(inputs: Tensor | Tensor[]): Tensor {
    return mul(Array.isArray(inputs) ? inputs[0]! : inputs, 2);
  }
}

const nested = () => {
  const inner = sequential({
    name: 'inner',
    layers: [layers.dense({ units: 3, inputShape: [2], name: 'inner_dense' })],
  });
  return sequential({ layers: [inner, new Doubled({ name: 'doubled' }), layers.dense({ units: 1 })] });
};

const shared = () => {
  const [left, right] = [input({ shape: [2] }), input({ shape: [2] })];
  const both = layers.dense({ units: 2, name: 'both' });
  const parts = [both.apply(left), both.apply(right)] as SymbolicTensor[];
  return model({ inputs: [left, right], outputs: layers.concatenate().apply(parts) as SymbolicTensor });
};

const models: readonly [string, () => LayersModel, number[][]][] = [
  [
    'dense with batch normalization',
    () => buildGenerator({ latentSize: 2, hidden: [4], normalization: 'batch', outputShape: [3] }),
    [[5, 2]],
  ],
  ['convolutional', () => buildDiscriminator({ inputShape: [4, 4, 1], filters: [2], dropout: 0.5 }), [[5, 4, 4, 1]]],
  [
    'conditional',
    () => buildGenerator({ latentSize: 2, hidden: [4], outputShape: [3], condition: { size: 2 } }),
    [
      [5, 2],
      [5, 2],
    ],
  ],
  ['nested, with a class that is not registered', nested, [[5, 2]]],
  [
    'with one layer in two places',
    shared,
    [
      [5, 2],
      [5, 2],
    ],
  ],
];

describe.each(models)('a clone of a model that is %s', (_, make, shapes) => {
  beforeEach(() => useBackend('cpu'));
  const inputs = () => shapes.map((shape, index) => latentNoise(createRng(index), shape));
  const outputs = async (of: LayersModel) => {
    const given = inputs();
    return (of.predict(given.length === 1 ? given[0]! : given) as Tensor).data();
  };

  test('has the same weights and gives the same numbers', async () => {
    const original = make();
    const copy = cloneModel(original);
    expect(copy.countParams()).toBe(original.countParams());
    expect(await weightsOf(copy)).toEqual(await weightsOf(original));
    expect(await outputs(copy)).toEqual(await outputs(original));
  });

  test('keeps its weights when the original moves, and the other way round', async () => {
    const original = make();
    const copy = cloneModel(original);
    const before = await weightsOf(original);
    original.setWeights(original.getWeights().map((weight) => mul(weight, 0)));
    expect(await weightsOf(copy)).toEqual(before);
    copy.setWeights(copy.getWeights().map((weight) => mul(weight, 3)));
    for (const values of await weightsOf(original)) expect(values.every((value) => Math.abs(value) === 0)).toBe(true);
  });

  test('leaves no more behind when it is disposed than the original does', () => {
    const original = make();
    // tfjs itself keeps the weights of a layer that stands in two places.
    const remaining = (create: () => LayersModel) => {
      const before = memory().numTensors;
      create().dispose();
      return memory().numTensors - before;
    };
    expect(remaining(() => cloneModel(original))).toBe(remaining(make));
  });
});

test('what is no functional model is refused', () => {
  expect(() => cloneModel({} as LayersModel)).toThrow(
    'cloneModel: `original` must be a functional or sequential LayersModel',
  );
  expect(() => cloneModel(tensor([1]) as unknown as LayersModel)).toThrow('received an instance of Tensor');
});
