import { getBackend } from '@tensorflow/tfjs-core';
import { atFileDoor } from '../internal/file-fault.js';
import { refuse } from '../internal/require.js';
import { CheckpointError } from './checkpoint-error.js';
import { type CheckpointOptions, type KeepingOptions, resumeOptions } from './checkpoint-options.js';
import { encodeDocument } from './document/document.js';
import type { JsonObject } from './document/json.js';
import { requireFiniteTensors } from './finite-tensors.js';
import { createHistoryLog } from './history-log.js';
import type { Part } from './parts/part.js';
import {
  checkpointFormat,
  checkpointName,
  checkpointNames,
  type Found,
  findCheckpoint,
  historyName,
  type LoopCounts,
  type SavedRun,
} from './read-checkpoint.js';
import { type Difference, describeDifferences, settingDifferences } from './settings.js';
import type { CheckpointStore } from './stores/checkpoint-store.js';

/** Which run it is: what another one must be, to go on with it. */
export interface RunIdentity {
  /** The trainer, such as `'trainGan'`. */
  readonly trainer: string;
  /** What it was told, by `describeSettings`. */
  readonly settings: JsonObject;
}

/** The checkpoints of one run. */
export interface Checkpoints {
  /** Where the run goes on; missing where it begins at its start. */
  readonly saved?: SavedRun;
  /** Puts a run there, and gives what was saved. */
  restore(): Promise<SavedRun | undefined>;
  /** Adds a report to the history that checkpoints hold. */
  log(report: object): void;
  /** Ends the run where a checkpoint could not be written; writes the next where it is due. */
  afterStep(step: number, loop: () => LoopCounts): Promise<void>;
  /** Writes a last checkpoint, where there is none of this step, and waits for it. */
  last(step: number, loop: () => LoopCounts): Promise<void>;
  /** As {@link last}, where a run that is aborted is to have one. */
  onAbort(step: number, loop: () => LoopCounts): Promise<void>;
  /** Waits for what is being written and leaves the stores. */
  close(): Promise<void>;
}

/**
 * Opens the stores of a run and finds where it goes on.
 *
 * @param run - All that decides what comes after the last whole step.
 * @returns Undefined where the options ask for nothing.
 * @throws RangeError where the store holds another run, checkpoints that are all damaged, or settings that differ.
 */
export async function openCheckpoints(
  where: string,
  identity: RunIdentity,
  run: Part,
  { checkpoint, resume }: KeepingOptions,
): Promise<Checkpoints | undefined> {
  if (!checkpoint && !resume) return undefined;
  const from = resume && resumeOptions(resume);
  const leave = await openStores(new Set([checkpoint?.store, from?.store]));
  try {
    const own = { ...identity, settings: { ...identity.settings, backend: getBackend() } };
    const found: Found = from ? await atFileDoor(where, 'resume', () => findCheckpoint(from.store)) : { damaged: [] };
    if (found.saved) requireSameRun(where, own, found.saved, from?.allow ?? []);
    if (checkpoint && checkpoint.store !== from?.store) await requireEmpty(where, checkpoint.store);
    return keeper(where, own, run, found, checkpoint, leave);
  } catch (error) {
    await leave();
    throw error;
  }
}

async function openStores(stores: ReadonlySet<CheckpointStore | undefined>): Promise<() => Promise<void>> {
  const open: (() => void | Promise<void>)[] = [];
  const leave = async () => {
    for (const each of open.splice(0)) await each();
  };
  try {
    for (const store of stores) if (store?.open) open.push(await store.open());
  } catch (error) {
    await leave();
    throw error;
  }
  return leave;
}

async function requireEmpty(where: string, store: CheckpointStore): Promise<void> {
  const [latest] = await checkpointNames(store);
  const rule = 'be empty where a run begins, or be given as `resume` too, to go on with the run that it holds';
  if (latest !== undefined) refuse(where, 'checkpoint.store', rule, latest);
}

function requireSameRun(where: string, run: RunIdentity, saved: SavedRun, allow: readonly string[]): void {
  if (saved.trainer !== run.trainer) refuse(where, 'resume', `hold a run of ${run.trainer}`, saved.trainer);
  const isAllowed = ({ path, was, is }: Difference) =>
    allow.some((name) => path === name || path.startsWith(`${name}.`)) || isLonger(path, was, is);
  const differences = settingDifferences(saved.settings, run.settings).filter((each) => !isAllowed(each));
  if (differences.length === 0) return;
  const rule = 'hold a run of these settings, but for those named in `resume.allow`';
  throw new RangeError(`${where}: \`resume\` must ${rule}, received another: ${describeDifferences(differences)}.`);
}

function isLonger(path: string, was: unknown, is: unknown): boolean {
  return (path === 'epochs' || path === 'steps') && Number(is) > Number(was);
}

function keeper(
  where: string,
  { trainer, settings }: RunIdentity,
  run: Part,
  { saved, damaged }: Found,
  checkpoint: CheckpointOptions | undefined,
  leave: () => Promise<void>,
): Checkpoints {
  const { everySteps, everySeconds = 30, keep = 2 } = checkpoint ?? {};
  const history = createHistoryLog(where, saved?.lines);
  let spoiled = [...damaged];
  let latest = { step: saved?.step ?? 0, time: performance.now() };
  let writing: Promise<void> | undefined;
  let failure: CheckpointError | undefined;

  const put = async (store: CheckpointStore, step: number, encode: () => Promise<Uint8Array>): Promise<void> => {
    let problem: string | undefined;
    try {
      const name = checkpointName(step);
      await store.write(name, await encode());
      problem = 'was written, and those before it could not be removed';
      // A run that comes again to a step whose checkpoint was damaged has just made it good.
      spoiled = spoiled.filter((each) => each !== name);
      const old = (await checkpointNames(store)).filter((name) => !spoiled.includes(name)).slice(keep);
      for (const name of [...old, ...spoiled]) await store.remove(name);
      spoiled = [];
    } catch (error) {
      failure = new CheckpointError(where, step, error, problem);
    }
  };
  const settle = async (): Promise<void> => {
    await writing;
    writing = undefined;
    if (!failure) return;
    const thrown = failure;
    failure = undefined;
    throw thrown;
  };
  const write = async (step: number, loop: () => LoopCounts): Promise<void> => {
    if (!checkpoint) return;
    await settle();
    const { values = {}, tensors = {} } = await run.save();
    const description = { trainer, step, settings, loop: loop(), state: values };
    const all = { [historyName]: history.save(), ...tensors };
    latest = { step, time: performance.now() };
    // Beside the training that goes on: only the copies had to be waited for.
    const encode = async () => {
      // Nothing that could not be read again takes the place of what can.
      await requireFiniteTensors(all, (rule, value) => refuse(where, 'checkpoint', rule, value));
      return atFileDoor(where, 'checkpoint', () => encodeDocument(checkpointFormat, description, all));
    };
    writing = put(checkpoint.store, step, encode).finally(() => {
      writing = undefined;
    });
  };
  const isDue = (step: number): boolean =>
    everySteps === undefined
      ? writing === undefined && performance.now() - latest.time >= 1000 * everySeconds
      : Math.floor(step / everySteps) > Math.floor(latest.step / everySteps);
  const last: Checkpoints['last'] = async (step, loop) => {
    if (step > latest.step) await write(step, loop);
    await settle();
  };
  return {
    ...(saved && { saved }),
    restore: async () => {
      if (saved) await atFileDoor(where, 'resume', async () => (await run.read(saved.state))());
      return saved;
    },
    log: history.push,
    afterStep: async (step, loop) => {
      if (failure) await settle();
      if (checkpoint && isDue(step)) await write(step, loop);
    },
    last,
    onAbort: async (step, loop) => {
      if (checkpoint?.onAbort !== false) await last(step, loop);
    },
    close: async () => {
      await writing;
      await leave();
    },
  };
}
