import { type OptionNames, requireOptions } from '../internal/options.js';
import { refuse, requireFlag, requirePositive, requirePositiveInteger, requireText } from '../internal/require.js';
import { type CheckpointStore, requireStore } from './stores/checkpoint-store.js';

/** Writes a run down while it goes on. */
export interface CheckpointOptions {
  /** Where to: {@link memoryStore}, {@link indexedDbStore}, `fileStore` of `minimart/node`, or one of your own. */
  readonly store: CheckpointStore;
  /** Steps from one checkpoint to the next, >= 1. Give either this or `everySeconds`. */
  readonly everySteps?: number;
  /** Seconds from one checkpoint to the next, above 0. Default 30. */
  readonly everySeconds?: number;
  /** How many checkpoints are kept, the latest ones, >= 1. Default 2, so that one is left should the last be damaged. */
  readonly keep?: number;
  /**
   * Whether a run that `signal` ends writes a last checkpoint before it rejects. A validation or an observer at work is then
   * waited for, since the run goes on with what they saw. Default `true`.
   */
  readonly onAbort?: boolean;
}

/** Goes on where a run stopped. */
export interface ResumeOptions {
  /** Where its checkpoints are. Where there are none, the run begins at its start. */
  readonly store: CheckpointStore;
  /**
   * Settings that may differ from those the run began with, by the names that the refusal lists. `steps` or `epochs` may always
   * be more. Default none.
   */
  readonly allow?: readonly string[];
}

/** Options of trainers that can be stopped and go on as if nothing had happened, to the last bit. */
export interface KeepingOptions {
  /** Writes the run down while it goes on. Default none: what is not saved is lost with the process. */
  readonly checkpoint?: CheckpointOptions;
  /**
   * A store, or {@link ResumeOptions}: goes on from its latest good checkpoint with everything as it was, and begins at the
   * start where there is none. Give the same options, data and networks as before. Default: begin at the start.
   */
  readonly resume?: CheckpointStore | ResumeOptions;
}

const checkpointNames: OptionNames<CheckpointOptions> = {
  store: true,
  everySteps: true,
  everySeconds: true,
  keep: true,
  onAbort: true,
};
const resumeNames: OptionNames<ResumeOptions> = { store: true, allow: true };

/** Checks {@link KeepingOptions}, for every trainer. */
export function requireKeeping(where: string, { checkpoint, resume }: KeepingOptions): void {
  if (checkpoint !== undefined) requireCheckpoint(where, checkpoint);
  if (isStore(resume)) requireStore(where, 'resume', resume);
  else if (resume !== undefined) requireResume(where, resume);
}

function requireResume(where: string, resume: ResumeOptions): void {
  requireOptions(where, resume, resumeNames, 'resume');
  const { store, allow = [] } = resume;
  requireStore(where, 'resume.store', store);
  if (!Array.isArray(allow)) refuse(where, 'resume.allow', 'be a list of names of settings', allow);
  for (const [place, name] of allow.entries()) requireText(where, `resume.allow[${place}]`, name);
}

function requireCheckpoint(where: string, checkpoint: CheckpointOptions): void {
  requireOptions(where, checkpoint, checkpointNames, 'checkpoint');
  const { store, everySteps, everySeconds, keep, onAbort } = checkpoint;
  requireStore(where, 'checkpoint.store', store);
  if (everySteps !== undefined) requirePositiveInteger(where, 'checkpoint.everySteps', everySteps);
  if (everySeconds !== undefined) requirePositive(where, 'checkpoint.everySeconds', everySeconds);
  if (everySteps !== undefined && everySeconds !== undefined) {
    refuse(where, 'checkpoint.everySeconds', 'be left out beside `everySteps`', everySeconds);
  }
  if (keep !== undefined) requirePositiveInteger(where, 'checkpoint.keep', keep);
  if (onAbort !== undefined) requireFlag(where, 'checkpoint.onAbort', onAbort);
}

/**
 * The signal that may interrupt who looks at a run between two steps: none where the abort is to be written down, which needs
 * what they saw.
 */
export function signalForLooks(options: KeepingOptions & { readonly signal?: AbortSignal }): AbortSignal | undefined {
  const { checkpoint, signal } = options;
  return checkpoint && checkpoint.onAbort !== false ? undefined : signal;
}

/** The options, where only a store was given. */
export function resumeOptions(resume: NonNullable<KeepingOptions['resume']>): ResumeOptions {
  return isStore(resume) ? { store: resume } : resume;
}

function isStore(resume: unknown): resume is CheckpointStore {
  return typeof (resume as Partial<CheckpointStore> | null)?.list === 'function';
}
