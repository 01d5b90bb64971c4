import { setBackend } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { prepareBackend } from '../../src/kernels/prepare-backend.js';
import { smallModel, smallModelGradients, takeValues } from './suites/small-model.js';
import { countsNow, expectNear } from './suites/support.js';

async function gradientsOn(backendName: string): Promise<Float32Array[]> {
  await setBackend(backendName);
  await prepareBackend();
  const before = countsNow();
  const net = smallModel();
  const gradients = await takeValues(Object.values(smallModelGradients(net)));
  net.dispose();
  expect(countsNow()).toEqual(before);
  return gradients;
}

test('a model of dense, convolutional and embedding layers has the same gradient on wasm and on cpu', async () => {
  const expected = await gradientsOn('cpu');
  const actual = await gradientsOn('wasm');
  expect(actual.length).toBe(11);
  for (const [index, gradient] of actual.entries()) expectNear(gradient, expected[index]!, 1e-5);
});
