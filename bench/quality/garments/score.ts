// tsx bench/quality/garments/score.ts: measures the samples that train.ts left, in the features of our classifier, and writes
// results/garments.json and a picture of each contender.
import '@tensorflow/tfjs-backend-wasm';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type ArrayData, classAccuracy, evaluateSamples, formatQuality, useBackend } from 'minimart';
import { fashionClassifier } from '../classifier.js';
import { loadFashion } from '../fashion.js';

const cache = fileURLToPath(new URL('../.cache/garments/', import.meta.url));
const results = fileURLToPath(new URL('../results/', import.meta.url));
const count = 10_000;

await useBackend('wasm');
const { extractor, ...classifier } = await fashionClassifier(console.log);
const [train, test] = [await loadFashion('train'), await loadFashion('t10k')];
const real = { values: train.images.values.subarray(0, count * 784), shape: [count, 28, 28, 1] };

await mkdir(results, { recursive: true });
const contenders: Record<string, unknown>[] = [];
for (const file of (await readdir(cache)).filter((name) => name.endsWith('.json')).sort()) {
  const { facts, losses } = JSON.parse(await readFile(cache + file, 'utf8'));
  const generated = await readSamples(file.replace('.json', '.bin'));
  const report = await evaluateSamples({ real, generated, heldOut: test.images, features: extractor, seed: 1 });
  console.log(`\n${facts.name}, seed ${facts.seed}\n\n${formatQuality(report)}`);
  const accuracy = facts.name.endsWith('conditional') ? await foundAsAsked(generated) : undefined;
  contenders.push({ facts, scores: report.scores, classes: report.classes, accuracy, losses: thin(losses) });
  await copyFile(cache + file.replace('.json', '.png'), `${results}garments-${facts.name}.png`);
  const settings = { real: count, generated: count, heldOut: count, classifier };
  await writeFile(`${results}garments.json`, `${JSON.stringify({ settings, contenders }, null, 1)}\n`);
}

async function readSamples(file: string): Promise<ArrayData> {
  const bytes = Uint8Array.from(await readFile(cache + file));
  return { values: new Float32Array(bytes.buffer), shape: [count, 28, 28, 1] };
}

/** How often the classifier takes a sample for the class that was asked for, beside how often it is right of real images. */
async function foundAsAsked(generated: ArrayData) {
  const asked = Array.from({ length: count }, (_, place) => place % 10);
  const made = await classAccuracy(await extractor.classify(generated), asked);
  const realOnes = await classAccuracy(await extractor.classify(test.images), test.labels);
  console.log(`\nTaken for the class asked for: ${made.value}; real test images for theirs: ${realOnes.value}.`);
  return { generated: made, real: realOnes };
}

function thin<T>(points: readonly T[]): T[] {
  const step = Math.max(1, Math.floor(points.length / 100));
  return points.filter((_, place) => place % step === 0);
}
