import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { type ActivationConfig, activationLayer } from 'minimart';
import { describe, expect, test } from 'vitest';

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

// Φ(1) from a table of the normal distribution; the other values by the formulas, at -1 and 2.
const cases: readonly (readonly [ActivationConfig, readonly [number, number]])[] = [
  [{ kind: 'linear' }, [-1, 2]],
  [{ kind: 'relu' }, [0, 2]],
  [{ kind: 'leakyrelu' }, [-0.2, 2]],
  [{ kind: 'leakyrelu', alpha: 0.01 }, [-0.01, 2]],
  [{ kind: 'elu' }, [Math.exp(-1) - 1, 2]],
  [{ kind: 'elu', alpha: 2 }, [2 * (Math.exp(-1) - 1), 2]],
  [{ kind: 'selu' }, [1.0507009873554805 * 1.6732632423543772 * (Math.exp(-1) - 1), 1.0507009873554805 * 2]],
  [{ kind: 'tanh' }, [Math.tanh(-1), Math.tanh(2)]],
  [{ kind: 'sigmoid' }, [sigmoid(-1), sigmoid(2)]],
  [{ kind: 'softmax' }, [sigmoid(-3), sigmoid(3)]],
  [{ kind: 'swish' }, [-sigmoid(-1), 2 * sigmoid(2)]],
  [{ kind: 'gelu' }, [-(1 - 0.8413447), 2 * 0.9772499]],
  [{ kind: 'softplus' }, [Math.log1p(Math.exp(-1)), Math.log1p(Math.exp(2))]],
  [{ kind: 'clip' }, [-1, 1]],
  [{ kind: 'clip', low: 0, high: 1.5 }, [0, 1.5]],
];

describe('ActivationLayer', () => {
  test.each(cases)('applies %j', async (config, expected) => {
    const result = tf.tidy(() => activationLayer(config).apply(tf.tensor2d([[-1, 2]])) as tf.Tensor);
    expect(result.shape).toEqual([1, 2]);
    const values = await result.data();
    result.dispose();
    expected.forEach((each, index) => {
      expect(values[index]).toBeCloseTo(each, 5);
    });
  });

  test('keeps the shape and tells its kind', () => {
    const layer = activationLayer({ kind: 'tanh', inputShape: [4, 3] });
    expect(layer.getConfig()).toMatchObject({ kind: 'tanh' });
    expect(tfl.sequential({ layers: [layer] }).outputShape).toEqual([null, 4, 3]);
  });

  test('passes a model through unharmed that ends in it after a linear one', async () => {
    const model = tfl.sequential({
      layers: [activationLayer({ kind: 'linear', inputShape: [2] }), activationLayer({ kind: 'linear' })],
    });
    const result = tf.tidy(() => model.predict(tf.tensor2d([[3, -4]])) as tf.Tensor);
    expect([...(await result.data())]).toEqual([3, -4]);
    result.dispose();
  });

  test.each([
    [{ kind: 'Tanh' }, /ActivationLayer: `kind` must be one of 'linear', .* received 'Tanh' \(string\)/],
    [{ kind: 'toString' }, /ActivationLayer: `kind` must be one of/],
    [{ kind: 'tanh', alpha: 0.2 }, /`alpha` must be left out for kind 'tanh', received 0.2 \(number\)/],
    [{ kind: 'leakyrelu', alpha: Number.NaN }, /`alpha` must be a finite number, received NaN \(number\)/],
    [{ kind: 'clip', low: 2 }, /`low` must be at most `high` \(1\), received 2 \(number\)/],
  ])('refuses %j', (config, message) => {
    expect(() => activationLayer(config as ActivationConfig)).toThrow(message);
  });
});
