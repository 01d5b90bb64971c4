import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {
  activationLayer,
  averagePooling,
  maxPooling,
  minibatchSpread,
  preluLayer,
  reflectionPadding,
  registerLayers,
  seededDropout,
  spectralNorm,
  upSampling,
} from 'minimart/gan';
import { afterEach, describe, expect, test } from 'vitest';

const registered = () => tf.serialization.SerializationMap.getMap().classNameMap;

/** Saves a model as it goes into a file, JSON and bytes, and loads it. */
async function saveAndLoad(model: tfl.LayersModel): Promise<tfl.LayersModel> {
  let saved: tf.io.ModelArtifacts = {};
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = { ...artifacts, modelTopology: JSON.parse(JSON.stringify(artifacts.modelTopology)) };
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  return tfl.loadLayersModel(tf.io.fromMemory(saved));
}

async function output(model: tfl.LayersModel, training = false): Promise<number[]> {
  const result = tf.tidy(() => model.apply(tf.reshape(tf.linspace(-1, 1, 12), [2, 6]), { training }) as tf.Tensor);
  const values = [...(await result.data())];
  result.dispose();
  return values;
}

const layersToSave: readonly (readonly [string, () => tfl.layers.Layer])[] = [
  ['activation tanh', () => activationLayer({ kind: 'tanh' })],
  ['activation leaky relu', () => activationLayer({ kind: 'leakyrelu', alpha: 0.05 })],
  ['activation clip', () => activationLayer({ kind: 'clip', low: -0.1, high: 0.2 })],
  ['average pooling', () => averagePooling({ size: [2, 1], strides: 1, padding: 'same' })],
  ['dropout', () => seededDropout({ rate: 0.25, seed: 9 })],
  ['max pooling', () => maxPooling({ size: [1, 2] })],
  ['minibatch spread', () => minibatchSpread({ group: 2 })],
  ['prelu', () => preluLayer({ alpha: -0.5 })],
  ['reflection padding', () => reflectionPadding({ padding: [1, 0] })],
  ['spectral norm', () => spectralNorm(tfl.layers.conv2d({ filters: 2, kernelSize: 2 }), { iterations: 2 })],
  ['up-sampling', () => upSampling({ size: [1, 2] })],
  ['bilinear up-sampling', () => upSampling({ size: 3, interpolation: 'bilinear' })],
];

/** Flat rows as pictures of 2 x 3, through the layer, to two numbers. */
function modelWith(layer: tfl.layers.Layer): tfl.Sequential {
  const first = tfl.layers.reshape({ targetShape: [2, 3, 1], inputShape: [6] });
  return tfl.sequential({ layers: [first, layer, tfl.layers.flatten(), tfl.layers.dense({ units: 2 })] });
}

describe('registerLayers', () => {
  afterEach(() => {
    for (const name of Object.keys(registered()).filter((each) => each.startsWith('Minimart')))
      delete registered()[name];
  });

  test('is what loading needs', async () => {
    const model = tfl.sequential({ layers: [activationLayer({ kind: 'tanh', inputShape: [6] })] });
    await expect(saveAndLoad(model)).rejects.toThrow(/Unknown layer: MinimartActivation/);
  });

  test.each(layersToSave)('lets a model with %s survive save and load', async (_, make) => {
    registerLayers();
    const model = modelWith(make());
    const loaded = await saveAndLoad(model);
    expect(loaded.layers[1]!.getConfig()).toEqual(model.layers[1]!.getConfig());
    expect(loaded.layers[1]).toBeInstanceOf(model.layers[1]!.constructor);
    expect(await output(loaded)).toEqual(await output(model));
    expect(await output(loaded, true)).toEqual(await output(model, true));
  });

  test('registers the class of every layer that is made here', () => {
    registerLayers();
    for (const [, make] of layersToSave) {
      const layer = make();
      expect(registered()[layer.getClassName()]?.[0]).toBe(layer.constructor);
    }
  });

  test('changes nothing when called again, or from a second copy of the library', () => {
    registerLayers();
    const className = activationLayer({ kind: 'tanh' }).getClassName();
    const first = registered()[className];
    registerLayers();
    expect(registered()[className]).toBe(first);
    // A second copy has a class of its own under the same name.
    class OtherCopy extends tfl.layers.Layer {
      static className = className;
    }
    tf.serialization.registerClass(OtherCopy);
    registerLayers();
    expect(registered()[className]![0]).toBe(OtherCopy);
  });
});
