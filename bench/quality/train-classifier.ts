// Trains the classifier in whose features bench/quality measures, and keeps it in bench/quality/.cache.
// npx tsx bench/quality/train-classifier.ts
import '@tensorflow/tfjs-backend-wasm';
import { useBackend } from 'minimart';
import { trainAndCache } from './classifier.js';

await useBackend('wasm');
const { seed, epochs, accuracy, seconds } = await trainAndCache((text) => console.log(text));
console.log(
  `seed ${seed}, ${epochs} epochs, ${seconds.toFixed(0)} s: accuracy ${(100 * accuracy).toFixed(2)}% of 10,000`,
);
