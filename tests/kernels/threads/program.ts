// Works on two threads and comes to its end: nothing of the pool may keep it alive.
import '@tensorflow/tfjs-backend-wasm';
import { matMul, ones } from '@tensorflow/tfjs-core';
import { useBackend, wasmKernels } from 'minimart';

await useBackend('wasm', { threads: 2 });
const [first] = await matMul(ones([200, 200]), ones([200, 200])).data();
console.log(`${first} on ${wasmKernels()?.threads} threads`);
