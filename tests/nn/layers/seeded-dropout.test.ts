import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { createRng, seededDropout } from 'minimart';
import { describe, expect, test } from 'vitest';

type Applied = { readonly apply: (inputs: tf.Tensor, callArguments?: { training: boolean }) => unknown };

/** What a layer or model makes of a row of ones in training. */
async function trained(layer: Applied, size = 1000): Promise<number[]> {
  const result = tf.tidy(() => layer.apply(tf.ones([1, size]), { training: true }) as tf.Tensor);
  const values = [...(await result.data())];
  result.dispose();
  return values;
}

describe('SeededDropout', () => {
  test('keeps a share of 1 - rate and scales it by 1 / (1 - rate)', async () => {
    const size = 100_000;
    const values = await trained(seededDropout({ rate: 0.3 }), size);
    const kept = values.filter((each) => each !== 0);
    // 4 standard deviations of a binomial share: 4 * sqrt(0.3 * 0.7 / 100,000) = 0.0058
    expect(Math.abs(kept.length / size - 0.7)).toBeLessThan(0.0058);
    // The share is rounded to 45,875 / 65,536.
    expect([...new Set(kept)]).toEqual([Math.fround(65_536 / 45_875)]);
  });

  test.each([0, 1])('drops elements at %s modulo 2 independently of their neighbours', async (offset) => {
    const values = await trained(seededDropout({ rate: 0.5 }), 100_000);
    let both = 0;
    for (let index = offset; index + 1 < values.length; index += 2) both += values[index] && values[index + 1] ? 1 : 0;
    // A quarter, within 4 standard deviations of a share of 50,000: 4 * sqrt(0.25 * 0.75 / 50,000) = 0.0077
    expect(Math.abs(both / 50_000 - 0.25)).toBeLessThan(0.0077);
  });

  test('draws a fresh mask at every call, where tfjs repeats one', async () => {
    const ours = seededDropout({ rate: 0.5, seed: 3 });
    expect(await trained(ours)).not.toEqual(await trained(ours));
    const stock = tfl.layers.dropout({ rate: 0.5, seed: 3 });
    expect(await trained(stock)).toEqual(await trained(stock));
  });

  test('repeats its masks for equal seeds and not for others', async () => {
    const first = await trained(seededDropout({ rate: 0.5, seed: 3 }));
    expect(await trained(seededDropout({ rate: 0.5, seed: 3 }))).toEqual(first);
    expect(await trained(seededDropout({ rate: 0.5, seed: 4 }))).not.toEqual(first);
  });

  test('takes its masks from the stream it is given, and resumes with it', async () => {
    const rng = createRng(5);
    const layer = seededDropout({ rate: 0.5 });
    layer.reseed(rng);
    await trained(layer);
    const saved = rng.state();
    const next = await trained(layer);
    rng.restore(saved);
    expect(await trained(layer)).toEqual(next);
  });

  test.each([undefined, false])('returns the input when training is %s', async (training) => {
    const model = tfl.sequential({ layers: [seededDropout({ rate: 0.9, inputShape: [50] })] });
    const result = tf.tidy(() => model.apply(tf.ones([2, 50]), { training }) as tf.Tensor);
    expect([...(await result.data())]).toEqual(Array(100).fill(1));
    result.dispose();
  });

  test('lets the gradient through what it kept, and scales it', async () => {
    const layer = seededDropout({ rate: 0.5, seed: 3 });
    const again = seededDropout({ rate: 0.5, seed: 3 });
    const slope = tf.tidy(() =>
      tf.grad((x: tf.Tensor) => tf.sum(layer.apply(x, { training: true }) as tf.Tensor))(tf.ones([1, 100])),
    );
    expect([...(await slope.data())]).toEqual(await trained(again, 100));
    slope.dispose();
  });

  test('handles an odd number of elements and a rate of almost 1', async () => {
    expect(await trained(seededDropout({ rate: 0 }), 7)).toEqual(Array(7).fill(1));
    for (const each of await trained(seededDropout({ rate: 1 - 1e-12 }), 7)) expect(Number.isFinite(each)).toBe(true);
  });

  test('leaves no tensor behind', async () => {
    const layer = seededDropout({ rate: 0.5 });
    const before = tf.memory().numTensors;
    await trained(layer);
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each([
    [{ rate: 1 }, /SeededDropout: `rate` must be a number in \[0, 1\), received 1 \(number\)/],
    [{ rate: Number.NaN }, /`rate` must be a number in \[0, 1\), received NaN/],
    [{}, /`rate` must be a number in \[0, 1\), received undefined/],
    [{ rate: 0.5, seed: 1.5 }, /`seed` must be a safe integer, received 1.5 \(number\)/],
  ])('refuses %j', (config, message) => {
    expect(() => seededDropout(config as Parameters<typeof seededDropout>[0])).toThrow(message);
  });
});
