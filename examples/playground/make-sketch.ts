// Trains the networks that the page begins with: eighty steps, a few seconds. From the root of the repository:
// npx tsx examples/playground/make-sketch.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import '@tensorflow/tfjs-backend-wasm';
import { trainGan, useBackend } from 'minimart';
import { buildPair, rulesOf } from './src/images/recipe.js';
import { packSketch } from './src/images/worker/sketch.js';
import { toData } from './src/images/worker/to-data.js';

const steps = 80;
const settings = { rate: 0.002, penalty: 0.5, seed: 7 };

await useBackend('wasm');
const file = new URL('../data/fashion-mnist/t10k-images-idx3-ubyte.gz', import.meta.url);
const bytes = new Uint8Array(gunzipSync(readFileSync(file)).subarray(16, 16 + 4000 * 784));
const pair = buildPair(settings, 1);
await trainGan({ ...pair, ...rulesOf(settings), data: toData({ bytes, count: 4000, channels: 1 }, 1), steps });
const packed = await packSketch(pair);
writeFileSync(new URL('./src/images/sketch.safetensors', import.meta.url), packed);
console.log(`${packed.length} bytes after ${steps} steps`);
