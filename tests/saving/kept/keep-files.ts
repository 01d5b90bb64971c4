// Keeps one file of each kind as this version writes it, for all later versions to read:
// npx tsx tests/saving/kept/keep-files.ts 0.2
// The folder must be new: what an older version wrote is never written again.
import '@tensorflow/tfjs-backend-cpu';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { memoryStore, useBackend } from 'minimart';
import { trainers } from '../../../bench/resume/trainers.js';
import { documents } from './documents.js';

/** Steps of the kept runs, and after how many of them the checkpoint was written. */
export const keptRun = { steps: 40, stopAt: 20 } as const;

async function main(version: string): Promise<void> {
  await useBackend('cpu');
  const folder = fileURLToPath(new URL(`./${version}/`, import.meta.url));
  await mkdir(folder);
  const expected: Record<string, unknown> = {};
  for (const [name, { make, use }] of Object.entries(documents)) {
    const bytes = await make();
    await writeFile(`${folder}${name}.safetensors`, bytes);
    expected[name] = await use(bytes);
  }
  for (const [name, make] of Object.entries(trainers)) {
    const store = memoryStore();
    const trial = make();
    await trial.train({ steps: keptRun.stopAt, checkpoint: { store, everySteps: keptRun.stopAt } });
    await writeFile(`${folder}${name}.checkpoint.safetensors`, await store.read((await store.list()).at(-1)!));
    trial.free();
  }
  await writeFile(`${folder}expected.json`, `${JSON.stringify(expected, undefined, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2] ?? '');
