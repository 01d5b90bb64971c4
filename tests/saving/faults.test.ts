import '../support/backends.js';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheckpointStore, useBackend } from 'minimart';
import { fileStore } from 'minimart/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { trainers } from '../../bench/resume/trainers.js';

let folder: string;
beforeEach(async () => {
  await useBackend('cpu');
  folder = await mkdtemp(join(tmpdir(), 'minimart-faults-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const names = Object.keys(trainers);

async function train(trainer: string, options: object = {}) {
  const trial = trainers[trainer]!();
  try {
    await trial.train({ steps: 12, ...options });
    return (await trial.numbers()).map((each) => each.slice());
  } finally {
    trial.free();
  }
}

/** Does something before the checkpoint of a step is written. */
function before(store: CheckpointStore, step: number, act: () => Promise<void>): CheckpointStore {
  const write: CheckpointStore['write'] = async (name, bytes) => {
    if (Number(name.slice(-12)) === step) await act();
    await store.write(name, bytes);
  };
  return { ...store, write };
}

test.each(names)('%s whose folder is deleted says so, and may begin again', async (trainer) => {
  const store = fileStore(join(folder, 'run'));
  const deleting = before(store, 5, () => rm(join(folder, 'run'), { recursive: true }));
  await expect(train(trainer, { checkpoint: { store: deleting, everySteps: 1 } })).rejects.toThrow(
    new RegExp(`^${trainer}: the checkpoint of step 5 was not written: ENOENT`),
  );
  expect(await train(trainer, { checkpoint: { store }, resume: store })).toEqual(await train(trainer));
});

test.each(names)('%s refuses a folder that another run has, which goes on', async (trainer) => {
  const store = fileStore(folder);
  const second = before(store, 5, async () => {
    const checkpoint = { store: fileStore(folder), everySteps: 1 };
    await expect(train(trainer, { checkpoint, resume: checkpoint.store })).rejects.toThrow(
      /^fileStore: `folder` must be that of one run at a time/,
    );
  });
  const numbers = await train(trainer, { checkpoint: { store: second, everySteps: 1 } });
  expect(numbers).toEqual(await train(trainer));
  expect((await readdir(folder)).toSorted()).toEqual(
    [11, 12].map((step) => `checkpoint-${String(step).padStart(12, '0')}.safetensors`),
  );
});
