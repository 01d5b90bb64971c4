import { FileFault, refuseFile } from '../internal/file-fault.js';
import { createPause } from '../internal/pause.js';
import { piecemeal } from '../internal/pieces.js';
import { decodeDocument } from './document/document.js';
import type { JsonObject } from './document/json.js';
import { type Reader, requireShallow, tensorOf } from './document/reader.js';
import { readHistory } from './history-log.js';
import type { SavedSnapshot } from './parts/part.js';
import type { CheckpointStore } from './stores/checkpoint-store.js';

/** What the header of a checkpoint calls it. */
export const checkpointFormat = 'minimart checkpoint 1';
/** The tensor with the reports. */
export const historyName = 'history';

const namePattern = /^checkpoint-(\d{12})$/;

/** What a checkpoint of a step is called: names in order are steps in order. */
export function checkpointName(step: number): string {
  return `checkpoint-${String(step).padStart(12, '0')}`;
}

/** What the loop of a run counts besides steps. */
export interface LoopCounts {
  /** The step of the last report. */
  readonly reported: number;
  /** Samples taken in. */
  readonly samples: number;
  /** Milliseconds of training. */
  readonly busy: number;
}

/** A run as it was written down. */
export interface SavedRun {
  /** Whole steps done. */
  readonly step: number;
  /** Which trainer wrote it. */
  readonly trainer: string;
  readonly settings: JsonObject;
  /** What the loop counts besides. */
  readonly loop: LoopCounts;
  /** All reports so far. */
  readonly history: readonly object[];
  /** Their lines. */
  readonly lines: Uint8Array;
  /** What the run is made of. */
  readonly state: SavedSnapshot;
}

/** What was found in a store. */
export interface Found {
  /** The latest good checkpoint. */
  readonly saved?: SavedRun;
  /** Names of later ones that are damaged. */
  readonly damaged: readonly string[];
}

/** The names of the checkpoints of a store, the latest first; what else lies there is passed over. */
export async function checkpointNames(store: CheckpointStore): Promise<string[]> {
  const names = await store.list();
  return names
    .filter((name) => namePattern.test(name))
    .sort()
    .reverse();
}

/**
 * Reads the latest good checkpoint of a store. One that is damaged is passed over for the one before it.
 *
 * @throws FileFault when there are checkpoints and none is good.
 */
export async function findCheckpoint(store: CheckpointStore): Promise<Found> {
  const damaged: string[] = [];
  let fault: FileFault | undefined;
  for (const name of await checkpointNames(store)) {
    try {
      return { saved: await readCheckpoint(name, await store.read(name)), damaged };
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      fault ??= error;
      damaged.push(name);
    }
  }
  if (fault) refuseFile(`hold a good checkpoint; the latest, ${damaged[0]}, does not ${fault.rule}`, fault.value);
  return { damaged };
}

async function readCheckpoint(name: string, bytes: Uint8Array): Promise<SavedRun> {
  const { description, tensors } = await decodeDocument(bytes, [checkpointFormat]);
  const step = description.whole('step', 0, Number.MAX_SAFE_INTEGER);
  if (checkpointName(step) !== name) refuseFile(`hold the step of its name, ${name}`, step);
  const settings = description.part('settings').plain() as JsonObject;
  requireShallow('settings', settings, 16);
  const values = description.part('state');
  const { [historyName]: history, ...rest } = tensors;
  const lines = tensorOf({ tensors }, historyName, Uint8Array, history?.shape ?? [0]);
  return {
    step,
    trainer: description.text('trainer'),
    settings,
    loop: readCounts(description.part('loop'), step),
    history: await piecemeal(readHistory(lines), createPause()),
    lines,
    state: { values, tensors: rest },
  };
}

function readCounts(loop: Reader, step: number): LoopCounts {
  const reported = loop.whole('reported', 0, step);
  return { reported, samples: loop.number('samples'), busy: loop.number('busy') };
}
