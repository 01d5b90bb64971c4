import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { createRng, type Rng, reseedLayers, seededDropout } from 'minimart';
import { expect, test } from 'vitest';

function nested(): tfl.Sequential {
  const inner = tfl.sequential({
    layers: [seededDropout({ rate: 0.5, inputShape: [200] }), seededDropout({ rate: 0.5 })],
  });
  return tfl.sequential({ layers: [seededDropout({ rate: 0.5, inputShape: [200] }), inner] });
}

async function trained(model: tfl.Sequential): Promise<number[]> {
  const result = tf.tidy(() => model.apply(tf.ones([1, 200]), { training: true }) as tf.Tensor);
  const values = [...(await result.data())];
  result.dispose();
  return values;
}

test('gives every stochastic layer, inner models included, a stream named by position', () => {
  const streams = reseedLayers(nested(), createRng(1));
  expect([...streams.keys()]).toEqual(['0', '1/0', '1/1']);
  expect(streams.get('1/0')!.state()).toEqual(createRng(1).stream('1/0').state());
});

test('gives equal models equal masks, though tfjs counts their layer names on', async () => {
  const [first, second] = [nested(), nested()];
  expect(first.layers[0]!.name).not.toBe(second.layers[0]!.name);
  reseedLayers(first, createRng(1));
  reseedLayers(second, createRng(1));
  const masks = await trained(first);
  expect(await trained(second)).toEqual(masks);
  reseedLayers(second, createRng(2));
  expect(await trained(second)).not.toEqual(masks);
});

test('gives two layers different masks', async () => {
  const model = tfl.sequential({
    layers: [seededDropout({ rate: 0.5, inputShape: [200] }), seededDropout({ rate: 0.5 })],
  });
  reseedLayers(model, createRng(1));
  // With one mask in both layers, half of the elements would stay, not a quarter (50 of 200, standard deviation 6).
  const kept = (await trained(model)).filter((each) => each !== 0).length;
  expect(kept).toBeLessThan(80);
});

test('reaches layers of the caller and layers inside wrappers, and passes over others', () => {
  const given: Rng[] = [];
  class Noisy extends tfl.layers.Layer {
    static className = 'Noisy';
    reseed(rng: Rng): void {
      given.push(rng);
    }
  }
  const model = tfl.sequential({
    layers: [tfl.layers.dense({ units: 4, inputShape: [3, 2] }), tfl.layers.timeDistributed({ layer: new Noisy() })],
  });
  const streams = reseedLayers(model, createRng(1));
  expect([...streams.entries()]).toEqual([['1/0', given[0]]]);
});

test('gives a layer that stands in two places one stream', () => {
  const shared = seededDropout({ rate: 0.5 });
  const input = tfl.input({ shape: [3] });
  const once = shared.apply(input) as tfl.SymbolicTensor;
  const model = tfl.model({ inputs: input, outputs: shared.apply(once) as tfl.SymbolicTensor });
  expect(reseedLayers(model, createRng(1)).size).toBe(1);
});
