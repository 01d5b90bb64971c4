// A long training that writes checkpoints all the time, in a process of its own: what it holds at each tenth of the way.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { getEventListeners } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { backend, memory } from '@tensorflow/tfjs-core';
import { useBackend } from 'minimart';
import { fileStore } from 'minimart/node';
import { trainers } from './trainers.js';

interface SoakRequest {
  readonly trainer: string;
  readonly backend: string;
  readonly steps: number;
  readonly everySteps: number;
}

async function main({ trainer, backend: name, steps, everySteps }: SoakRequest): Promise<void> {
  await useBackend(name);
  const folder = await mkdtemp(join(tmpdir(), 'minimart-soak-'));
  const { signal } = new AbortController();
  try {
    const trial = trainers[trainer]!();
    const checkpoint = { store: fileStore(folder), everySteps };
    const reports = trial.iterate({ steps, reportEvery: steps / 10, signal, checkpoint });
    for await (const { step } of reports as AsyncIterable<{ readonly step: number }>) {
      if (step % (steps / 10) !== 0) continue;
      console.log(`| ${[trainer, name, step, ...(await heldBy(signal, folder))].join(' | ')} |`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Megabytes on the heap, in typed arrays and in WebAssembly, tensors, listeners and files. */
async function heldBy(signal: AbortSignal, folder: string): Promise<(string | number)[]> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  const { wasm } = backend() as { readonly wasm?: { readonly HEAPU8: Uint8Array } };
  const listeners = process.eventNames().reduce((sum, each) => sum + process.listenerCount(each), 0);
  return [
    ...[heapUsed, arrayBuffers, wasm?.HEAPU8.length ?? 0, rss].map((bytes) => (bytes / 2 ** 20).toFixed(1)),
    memory().numTensors,
    listeners + getEventListeners(signal, 'abort').length,
    (await readdir(folder)).length,
  ];
}

await main(JSON.parse(process.argv[2]!));
