import '../../support/backends.js';
import * as tf from '@tensorflow/tfjs-core';
import { useBackend } from 'minimart/rl';
import { expect, test } from 'vitest';
import { usePlainWebgpu } from './plain-webgpu.js';

const refused = new DOMException('', 'AbortError');

/** A device that can be lost. */
function losable() {
  let lose: (loss: object) => void = () => {};
  const lost = new Promise((resolve) => {
    lose = resolve;
  });
  return { device: { lost }, lose: () => lose({ reason: 'destroyed', message: 'the driver was updated' }) };
}

const words =
  'minimart: the webgpu device was lost (destroyed: the driver was updated), and with it all tensors that were not read. ' +
  'Load the page anew, or choose another backend, and go on from a checkpoint if there is one.';

test('a read that fails because the device was lost says so, even if the device does so a moment later', async () => {
  const { device, lose } = losable();
  await usePlainWebgpu({ device, read: () => Promise.reject(refused) });
  await useBackend('webgpu');
  setTimeout(lose, 10);
  const error = await tf
    .ones([2])
    .data()
    .catch((each: unknown) => each);
  expect(error).toMatchObject({ message: words, cause: refused });
});

test('a read that fails for another reason fails with it', async () => {
  const { device } = losable();
  await usePlainWebgpu({ device, read: () => Promise.reject(refused) });
  await useBackend('webgpu');
  await expect(tf.ones([2]).data()).rejects.toBe(refused);
});

test('a read that does not fail gives its numbers', async () => {
  await usePlainWebgpu({ device: losable().device });
  await useBackend('webgpu');
  await useBackend('webgpu');
  expect(await tf.ones([2]).data()).toEqual(new Float32Array([1, 1]));
});

test('useBackend refuses a lost device, and stays where it was', async () => {
  const { device, lose } = losable();
  await usePlainWebgpu({ device });
  await useBackend('cpu');
  lose();
  await expect(useBackend('webgpu')).rejects.toThrow(words);
  expect(tf.getBackend()).toBe('cpu');
});
