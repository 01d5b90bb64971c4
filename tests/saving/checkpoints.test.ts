import { type CheckpointStore, memoryStore } from 'minimart';
import { expect, test } from 'vitest';
import { createRng } from '../../src/random/rng.js';
import type { KeepingOptions } from '../../src/saving/checkpoint-options.js';
import { openCheckpoints } from '../../src/saving/checkpoints.js';
import { tensorOf } from '../../src/saving/document/reader.js';
import { joinParts, type Part } from '../../src/saving/parts/part.js';
import { rngPart } from '../../src/saving/parts/parts.js';
import { runSteps } from '../../src/training/run-steps.js';

// A run whose numbers depend on all that came before: a walk by a random stream, with a sum since the last report.
interface Walk extends KeepingOptions {
  readonly steps: number;
  readonly seed?: number;
  readonly reportEvery?: number;
  readonly stopAfter?: number;
  /** The step after which a place is no number. */
  readonly breakAt?: number;
  readonly signal?: AbortSignal;
}

async function walk(told: Walk) {
  const { steps, seed = 1, reportEvery = 2, stopAfter = Infinity, breakAt, signal, ...keeping } = told;
  const rng = createRng(seed).stream('walk');
  const places = new Float64Array(3);
  let [since, done] = [0, 0];
  const part = joinParts({
    rng: rngPart(rng),
    places: {
      save: () => ({ values: { since }, tensors: { places: { shape: [3], values: places.slice() } } }),
      read: (saved) => {
        const [values, sum] = [tensorOf(saved, 'places', Float64Array, [3]), saved.values.number('since')];
        return () => {
          places.set(values);
          since = sum;
        };
      },
    } satisfies Part,
  });
  const checkpoints = await openCheckpoints('walk', { trainer: 'walk', settings: { seed, steps } }, part, keeping);
  const work = {
    totalSteps: () => steps,
    step: async () => {
      const move = rng.normal();
      places[done % 3] = places[done % 3]! + move;
      since += move;
      done += 1;
      if (done === breakAt) places[0] = Number.NaN;
      return 1;
    },
    report: async () => {
      const sum = since;
      since = 0;
      return { sum };
    },
  };
  const history: { step: number; sum: number }[] = [];
  done = checkpoints?.saved?.step ?? 0;
  for (const each of checkpoints?.saved?.history ?? []) history.push(each as never);
  try {
    for await (const { step, sum } of runSteps(work, { reportEvery, ...(signal && { signal }) }, { checkpoints })) {
      history.push({ step, sum });
      checkpoints?.log({ step, sum });
      if (step >= stopAfter) break;
    }
  } finally {
    await checkpoints?.close();
  }
  return { history, places: [...places], rng: rng.state(), from: checkpoints?.saved?.step };
}

test('a run that goes on from any step is the run that was never stopped', async () => {
  const whole = await walk({ steps: 12 });
  for (let stop = 1; stop < 12; stop += 1) {
    const store = memoryStore();
    await walk({ steps: 12, checkpoint: { store, everySteps: 1 }, stopAfter: stop });
    const again = await walk({ steps: 12, checkpoint: { store }, resume: store });
    // Who leaves while a report is seen leaves before that step is written.
    expect(again.from).toBe(stop % 2 === 0 ? stop - 1 : stop);
    expect({ ...again, from: undefined }).toEqual(whole);
  }
});

test('an aborted run writes a last checkpoint, unless it is told not to', async () => {
  for (const onAbort of [true, false]) {
    const store = memoryStore();
    const abort = new AbortController();
    const stopping = { ...store };
    const steps = walk({
      steps: 100_000,
      reportEvery: 1,
      signal: abort.signal,
      checkpoint: { store: stopping, everySeconds: 1000, onAbort },
    });
    setTimeout(() => abort.abort(new Error('enough')), 20);
    await expect(steps).rejects.toThrow('enough');
    expect((await store.list()).length).toBe(onAbort ? 1 : 0);
  }
});

test('the last `keep` checkpoints are kept, and the last step is one of them', async () => {
  const store = memoryStore();
  await walk({ steps: 7, checkpoint: { store, everySteps: 2, keep: 3 } });
  expect((await store.list()).map((name) => Number(name.slice(-3))).sort()).toEqual([4, 6, 7]);
});

test('a damaged checkpoint is passed over for the one before, and removed at the next; none that is good is refused', async () => {
  const whole = await walk({ steps: 9 });
  const store = memoryStore();
  await walk({ steps: 9, checkpoint: { store, everySteps: 1, keep: 2 }, stopAfter: 6 });
  const [before, latest] = (await store.list()).toSorted();
  const bytes = await store.read(latest!);
  bytes[bytes.length - 1]! ^= 1;
  await store.write(latest!, bytes);
  const again = await walk({ steps: 9, checkpoint: { store, everySteps: 1 }, resume: store });
  expect(again.from).toBe(Number(before!.slice(-12)));
  expect({ ...again, from: undefined }).toEqual(whole);
  for (const name of await store.list()) await store.write(name, Uint8Array.of(1, 2, 3));
  await expect(walk({ steps: 9, resume: store })).rejects.toThrow(/^walk: `resume` must hold a good checkpoint/);
});

test('another run is refused with what differs; more steps are not another run', async () => {
  const store = memoryStore();
  await walk({ steps: 4, checkpoint: { store } });
  await expect(walk({ steps: 4, seed: 2, resume: store })).rejects.toThrow(
    'walk: `resume` must hold a run of these settings, but for those named in `resume.allow`, received another: seed was 1, is 2.',
  );
  await expect(walk({ steps: 3, resume: store })).rejects.toThrow('steps was 4, is 3');
  const longer = await walk({ steps: 8, resume: store, checkpoint: { store } });
  expect(longer).toEqual({ ...(await walk({ steps: 8 })), from: 4 });
  await expect(walk({ steps: 9, checkpoint: { store } })).rejects.toThrow(
    'walk: `checkpoint.store` must be empty where a run begins',
  );
});

test('a checkpoint that cannot be written ends the run with a word, and leaves the one before', async () => {
  const store = memoryStore();
  let writes = 0;
  const full: CheckpointStore = {
    ...store,
    write: async (name, bytes) => {
      writes += 1;
      if (writes === 3) throw new Error('ENOSPC: no space left on device');
      await store.write(name, bytes);
    },
  };
  const run = walk({ steps: 50, checkpoint: { store: full, everySteps: 2 } });
  await expect(run).rejects.toThrow('walk: the checkpoint of step 6 was not written: ENOSPC');
  await expect(run).rejects.toMatchObject({ name: 'CheckpointError', step: 6 });
  expect({ ...(await walk({ steps: 50, resume: store })), from: 0 }).toEqual({
    ...(await walk({ steps: 50 })),
    from: 0,
  });
});

test('a checkpoint that takes the place of one that cannot be removed is written, and the run ends with a word', async () => {
  const store = memoryStore();
  const stuck: CheckpointStore = { ...store, remove: () => Promise.reject(new Error('EPERM')) };
  await expect(walk({ steps: 50, checkpoint: { store: stuck, everySteps: 2, keep: 1 } })).rejects.toThrow(
    'walk: the checkpoint of step 4 was written, and those before it could not be removed: EPERM',
  );
  expect((await store.list()).length).toBe(2);
});

test('numbers that are not finite are written into no checkpoint', async () => {
  const store = memoryStore();
  const run = walk({ steps: 50, checkpoint: { store, everySteps: 2 }, breakAt: 5 });
  await expect(run).rejects.toThrow('walk: the checkpoint of step 6 was not written');
  expect(await store.list()).toEqual(['checkpoint-000000000002', 'checkpoint-000000000004']);
});

test('a store serves one run at a time, and is free after a run that failed', async () => {
  const store = memoryStore();
  const leave = await store.open!();
  await expect(walk({ steps: 4, checkpoint: { store } })).rejects.toThrow('one run at a time');
  await leave();
  await walk({ steps: 4, checkpoint: { store } });
  await expect(walk({ steps: 4, seed: 2, resume: store })).rejects.toThrow('seed');
  expect((await walk({ steps: 4, resume: store })).from).toBe(4);
});

test('a step that is reached again after its checkpoint was damaged keeps its new one', async () => {
  const store = memoryStore();
  await walk({ steps: 9, checkpoint: { store, everySteps: 1, keep: 2 }, stopAfter: 6 });
  const latest = (await store.list()).toSorted().at(-1)!;
  await store.write(latest, Uint8Array.of(1));
  // Leaves right after the step whose checkpoint was damaged.
  await walk({ steps: 9, checkpoint: { store, everySteps: 1, keep: 2 }, resume: store, stopAfter: 6 });
  expect(await store.list()).toContain(latest);
});
