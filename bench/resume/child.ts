// One training in a process of its own, which says what it has written: it may be killed at any time.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { type CheckpointStore, useBackend } from 'minimart';
import { fileStore } from 'minimart/node';
import { trainers } from './trainers.js';

/** What a child is asked for, as JSON in its first argument. */
export interface ChildRequest {
  readonly trainer: string;
  readonly backend: string;
  readonly steps: number;
  /** Where checkpoints go, and where the run goes on from. Default: none are written. */
  readonly folder?: string | undefined;
  readonly everySteps?: number;
  /** Ends the process when the checkpoint of this step is written. */
  readonly stopAt?: number;
}

async function main({ trainer, backend, steps, folder, everySteps = 1, stopAt }: ChildRequest): Promise<void> {
  await useBackend(backend);
  const trial = trainers[trainer]!();
  const store = folder === undefined ? undefined : talking(fileStore(folder), stopAt);
  say('began');
  const keeping = store && { checkpoint: { store, everySteps, keep: 2 }, resume: store };
  const { history } = await trial.train({ steps, ...keeping });
  const digest = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of await trial.numbers()) {
    digest.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  digest.update(JSON.stringify(history.map((report) => ({ ...report, samplesPerSecond: undefined }))));
  say(`ended ${digest.digest('hex')}`);
}

function talking(store: CheckpointStore, stopAt: number | undefined): CheckpointStore {
  return {
    ...store,
    read: (name) => {
      say(`read ${stepOf(name)}`);
      return store.read(name);
    },
    write: async (name, bytes) => {
      say(`writing ${stepOf(name)}`);
      await store.write(name, bytes);
      say(`written ${stepOf(name)}`);
      if (stepOf(name) === stopAt) process.exit();
    },
  };
}

function stepOf(name: string): number {
  return Number(name.slice(-12));
}

// At once: a line that waits would be lost with the process.
function say(line: string): void {
  writeSync(1, `${line}\n`);
}

await main(JSON.parse(process.argv[2]!)).catch((error: Error) => {
  say(`failed ${error.name}: ${error.message.split('\n')[0]}`);
  process.exitCode = 1;
});
