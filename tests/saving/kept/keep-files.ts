// Keeps one file of each kind as this version writes it, for all later versions to read:
// npx tsx tests/saving/kept/keep-files.ts 0.2
// What is there already is never written again: kinds that are new are added to the folder of a version that is not out yet.
import '@tensorflow/tfjs-backend-cpu';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { memoryStore, useBackend } from 'minimart';
import { trainers } from '../../../bench/resume/trainers.js';
import { documents } from './documents.js';

/** Steps of the kept runs, and after how many of them the checkpoint was written. */
export const keptRun = { steps: 40, stopAt: 20 } as const;

async function main(version: string): Promise<void> {
  await useBackend('cpu');
  const folder = fileURLToPath(new URL(`./${version}/`, import.meta.url));
  await mkdir(folder, { recursive: true });
  const path = `${folder}expected.json`;
  const expected: Record<string, unknown> = existsSync(path) ? JSON.parse(await readFile(path, 'utf8')) : {};
  for (const [name, { make, use }] of Object.entries(documents)) {
    if (name in expected) continue;
    const bytes = await make();
    await writeFile(`${folder}${name}.safetensors`, bytes);
    expected[name] = await use(bytes);
  }
  for (const [name, make] of Object.entries(trainers)) {
    if (existsSync(`${folder}${name}.checkpoint.safetensors`)) continue;
    const store = memoryStore();
    const trial = make();
    await trial.train({ steps: keptRun.stopAt, checkpoint: { store, everySteps: keptRun.stopAt } });
    await writeFile(`${folder}${name}.checkpoint.safetensors`, await store.read((await store.list()).at(-1)!));
    trial.free();
  }
  await writeFile(path, `${JSON.stringify(expected, undefined, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2] ?? '');
