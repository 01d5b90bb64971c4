import '../support/backends.js';
import { getBackend, registerBackend, removeBackend } from '@tensorflow/tfjs-core';
import { useBackend } from 'minimart/rl';
import { expect, test } from 'vitest';

test('makes each backend the active one', async () => {
  await useBackend('wasm');
  expect(getBackend()).toBe('wasm');
  await useBackend('cpu');
  expect(getBackend()).toBe('cpu');
});

test('refuses a backend that nobody registered and leaves the active one', async () => {
  await useBackend('cpu');
  await expect(useBackend('webgpu')).rejects.toThrow(
    "useBackend: `name` must be a registered backend ('cpu', 'wasm'), received 'webgpu' (string). Import its package first",
  );
  expect(getBackend()).toBe('cpu');
});

test('refuses a backend that does not start, where tfjs would go on elsewhere', async () => {
  await useBackend('cpu');
  registerBackend('broken', () => Promise.reject(new Error('no device')));
  await expect(useBackend('broken')).rejects.toThrow(
    "useBackend: `name` must be a backend that starts here, received 'broken' (string): it did not start (no device).",
  );
  expect(getBackend()).toBe('cpu');
  removeBackend('broken');
});
