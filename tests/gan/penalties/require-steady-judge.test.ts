import '../../support/backends.js';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { buildDiscriminator, seededDropout, useBackend } from 'minimart';
import { beforeAll, expect, test } from 'vitest';
import { requireSteadyJudge } from '../../../src/gan/penalties/require-steady-judge.js';

const check = (model: layers.Layer) => () => requireSteadyJudge('trainGan', 'discriminator', model);
const behindDense = (layer: layers.Layer) =>
  sequential({ layers: [layers.dense({ units: 2, inputShape: [2] }), layer] });

beforeAll(() => useBackend('cpu'));

test('discriminators of ours pass without dropout, and not with it', () => {
  expect(check(buildDiscriminator({ inputShape: [2], hidden: [2] }))).not.toThrow();
  expect(check(buildDiscriminator({ inputShape: [2], hidden: [2], dropout: 0.3 }))).toThrow(
    /^trainGan: `discriminator` must judge without dropout .* \(MinimartSeededDropout, at \d\), or use method 'exact'\.$/,
  );
});

test.each([
  layers.dropout({ rate: 0.1 }),
  layers.gaussianNoise({ stddev: 0.1 }),
  layers.gaussianDropout({ rate: 0.1 }),
  layers.alphaDropout({ rate: 0.1 }),
])('what draws at every judgement is found: $name', (layer) => {
  expect(check(behindDense(layer))).toThrow(/must judge without dropout/);
});

test('a recurrent layer that drops is found, one that does not passes', () => {
  const recurrent = (dropout: number) =>
    sequential({
      layers: [layers.simpleRNN({ units: 2, inputShape: [3, 2], recurrentInitializer: 'glorotNormal', dropout })],
    });
  expect(check(recurrent(0.2))).toThrow(/simple_?rnn/i);
  expect(check(recurrent(0))).not.toThrow();
});

test('dropout of nothing passes', () => {
  expect(check(behindDense(seededDropout({ rate: 0 })))).not.toThrow();
  expect(check(behindDense(layers.dropout({ rate: 0 })))).not.toThrow();
});
