// Writes what the tests of the Python package compare with: npx tsx tests/node/keras/write-references.ts
import { rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { createEmbeddingStep, encodeSafetensors, lazyAdam } from 'minimart';
import { exportKeras } from 'minimart/node';
import { kerasCases, type Rows, rowsOf } from './keras-cases.js';

const target = fileURLToPath(new URL('../../../python/tests/from-javascript/', import.meta.url));
const named = (prefix: string, rows: Rows) =>
  Object.fromEntries(
    Object.entries(rows).map(([name, values]) => [`${prefix}/${name}`, { shape: [values.length], values }]),
  );
const list = (values: Float32Array) => ({ shape: [values.length], values });

await setBackend('cpu');
for (const [name, build] of Object.entries(kerasCases)) {
  const model = build();
  const optimizer = lazyAdam({ learningRate: 0.02 });
  const step = createEmbeddingStep(model, { optimizer });
  // Moments that are not zero, and rows that later batches do not name.
  for (let at = 0; at < 3; at += 1) await step.update(rowsOf(model, 16, 100 + at));
  await step.readLosses();
  await rm(`${target}${name}`, { recursive: true, force: true });
  await exportKeras(`${target}${name}`, model, { optimizer, state: step.state() });
  const { rows } = rowsOf(model, 1000, 1);
  const tensors = { ...named('rows', rows), scores: list(await model.score(rows)) };
  for (let at = 0; at < 10; at += 1) {
    const batch = rowsOf(model, 4, 10 + at);
    await step.update(batch);
    Object.assign(tensors, named(`batch ${at}`, batch.rows), { [`batch ${at}/labels`]: list(batch.labels) });
  }
  Object.assign(tensors, { losses: list(await step.readLosses()), after: list(await model.score(rows)) });
  await writeFile(`${target}${name}.safetensors`, encodeSafetensors(tensors));
  step.dispose();
  model.dispose();
}
