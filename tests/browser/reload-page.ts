import { indexedDbStore, type KeepingOptions, useBackend } from 'minimart';
import { ganTrial } from '../../bench/resume/trials/gan-trial.js';

/** Steps of the whole run, and after how many of them the page is reloaded. */
const steps = 12;
const half = 6;

/** How a run ended: all its numbers in one list, and its reports' steps. */
export interface RunEnd {
  readonly numbers: readonly number[];
  readonly reported: readonly number[];
}

/** Trains without a stop. */
export async function trainWhole(backend: string): Promise<RunEnd> {
  return train(backend, {});
}

/** Trains the first half into IndexedDB and is stopped there. Returns what is kept. */
export async function trainFirstHalf(backend: string): Promise<readonly string[]> {
  await useBackend(backend);
  const store = indexedDbStore(`reload of ${backend}`);
  for (const name of await store.list()) await store.remove(name);
  const abort = new AbortController();
  const trial = ganTrial();
  const options = { steps, signal: abort.signal, checkpoint: { store, everySteps: 4 } };
  try {
    for await (const report of trial.iterate(options)) {
      if ((report as { readonly step: number }).step === half) abort.abort();
    }
  } catch (error) {
    if (!abort.signal.aborted) throw error;
  }
  trial.free();
  return store.list();
}

/** Goes on with it, in a page that knows nothing else. */
export async function trainSecondHalf(backend: string): Promise<RunEnd> {
  return train(backend, { resume: indexedDbStore(`reload of ${backend}`) });
}

async function train(backend: string, keeping: KeepingOptions): Promise<RunEnd> {
  await useBackend(backend);
  const trial = ganTrial();
  const { history } = await trial.train({ steps, ...keeping });
  const numbers = (await trial.numbers()).flatMap((each) => Array.from(each));
  trial.free();
  return { numbers, reported: history.map((report) => (report as { readonly step: number }).step) };
}
