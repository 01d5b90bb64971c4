import { NonFiniteLossError } from '../internal/non-finite-loss-error.js';
import { requireOneOf, requireWholeNumber } from '../internal/require.js';
import type { Part } from '../saving/parts/part.js';
import { type Stateful, statePart } from '../saving/parts/state-part.js';
import type { RunCopy } from './run-copy.js';

/** What a run does about a loss, a gradient or a weight that is not a finite number. */
export interface NonFiniteOptions {
  /**
   * What to do about a loss, a gradient or a weight that is NaN, infinite, or so large that its products are. Default `'throw'`.
   *
   * - `'throw'` ends the run with a {@link NonFiniteLossError}; the model has its last finite weights.
   * - `'skip'` looks at every update before it is applied, which costs a GAN one read from the device for each (7% more time
   *   for a small pair on cpu, 14% on wasm), and leaves out those with a loss, gradients or batch statistics that are not
   *   finite: weights, moments, counts, statistics and averages stay as they were, and the run goes on with the next batch.
   *   Under `denseAdam()` rows that the batch names are brought up to date, which may move last bits. The 101st update of a
   *   network in a row to be left out throws, and so do weights of a GAN that broke by finite gradients.
   * - `'rollback'` keeps a copy of weights, statistics, averages and optimizers in memory, from before the first step and
   *   of every 100th that was found finite (of `trainDqn` in an environment every 1000th), and goes back to it. Steps go on
   *   to be counted from where the run stands, and so do data and random numbers: no draw is met again. Learning rates
   *   stay. The eleventh return to one copy throws.
   *
   * What was done stands in `nonFinite` of the next report. Losses are reported as they were, NaN included, by GANs; other
   * trainers leave them out of their means. A gradient counts as finite up to a size of about 1e19, where squares end.
   */
  readonly onNonFinite?: 'throw' | 'skip' | 'rollback';
}

type Action = NonNullable<NonFiniteOptions['onNonFinite']>;

/** What was not finite at a step of a run that goes on, and what was done about it. */
export interface NonFiniteEntry {
  /** The step at which it was found, from 1. */
  readonly step: number;
  /** Whose it was: `'generator'`, `'discriminator'`, `'moving average'`, `'model'` or `'Q-network'`. */
  readonly network: string;
  /** What it was; batch statistics are weights. */
  readonly what: 'loss' | 'gradients' | 'weights';
  /** The first layer, in the order of the model, with such a number. Default: missing, where the loss alone was not finite. */
  readonly layer?: string;
  /** Whether the update was left out, or the run went back to its copy. */
  readonly action: 'skip' | 'rollback';
  /** The step of the copy. Default: missing, where none was put back. */
  readonly backTo?: number;
}

/** Updates in a row of one network that may be left out. */
const mostSkips = 100;
/** Returns to one copy. */
const mostReturns = 10;

/** What a run does about numbers that are not finite, the same for every trainer. */
export interface Recovery {
  readonly action: Action;
  /** Keeps a first copy before the step after `step`, where there is none. */
  begin(step: number): Promise<void>;
  /** Runs an update of a network that throws a {@link NonFiniteLossError} with everything as it was before. */
  update(step: number, network: string, run: () => void | Promise<void>): Promise<void>;
  /** Runs what may find that an earlier update broke something. */
  check(step: number, run: () => Promise<void>): Promise<void>;
  /** Keeps a copy where one is due after a step; `look` throws where something is not finite. */
  keep(step: number, look: () => Promise<void>): Promise<void>;
  /** Whether something was done that no report tells yet. */
  readonly isNews: boolean;
  /** What was done since the last call, as a part of a report. */
  report(): { readonly nonFinite?: readonly NonFiniteEntry[] };
  /** All of it, to be written down and put back behind what it keeps copies of. */
  readonly part: Part;
}

/** Checks {@link NonFiniteOptions}. */
export function requireRecovery(where: string, { onNonFinite }: NonFiniteOptions): void {
  if (onNonFinite !== undefined) requireOneOf(where, 'onNonFinite', ['throw', 'skip', 'rollback'], onNonFinite);
}

interface Counts {
  readonly skips: Record<string, number>;
  returns: number;
  entries: NonFiniteEntry[];
}

/**
 * Makes what a run does about numbers that are not finite.
 *
 * @param copy - What `'rollback'` goes back to.
 * @param every - Steps from one copy to the next.
 */
export function createRecovery(action: Action = 'throw', copy?: RunCopy, every = 100): Recovery {
  const counts: Counts = { skips: {}, returns: 0, entries: [] };
  const note = ({ network, what, layer }: NonFiniteLossError, step: number, done: Pick<NonFiniteEntry, 'backTo'>) => {
    const how = action === 'skip' ? 'skip' : 'rollback';
    counts.entries.push({ step, network, what, ...(layer !== undefined && { layer }), action: how, ...done });
  };
  const goBack = async (error: unknown, step: number): Promise<void> => {
    if (!copy || !(error instanceof NonFiniteLossError) || copy.step === undefined) throw error;
    counts.returns += 1;
    if (counts.returns > mostReturns) throw error;
    await copy.putBack();
    note(error, step, { backTo: copy.step });
  };
  const leaveOut = (error: unknown, step: number): void => {
    if (!(error instanceof NonFiniteLossError)) throw error;
    const { network } = error;
    counts.skips[network] = (counts.skips[network] ?? 0) + 1;
    if (counts.skips[network] > mostSkips) throw error;
    note(error, step, {});
  };
  const store = async (step: number): Promise<void> => {
    await copy?.keep(step);
    counts.returns = 0;
  };
  return {
    action,
    begin: async (step) => {
      if (copy && copy.step === undefined) await store(step);
    },
    update: async (step, network, run) => {
      try {
        await run();
        delete counts.skips[network];
      } catch (error) {
        if (action === 'skip') leaveOut(error, step);
        else await goBack(error, step);
      }
    },
    check: async (step, run) => {
      await run().catch((error: unknown) => goBack(error, step));
    },
    keep: async (step, look) => {
      if (!copy || step % every !== 0 || step === copy.step) return;
      const checked = async () => {
        await look();
        await store(step);
      };
      await checked().catch((error: unknown) => goBack(error, step));
    },
    get isNews() {
      return counts.entries.length > 0;
    },
    report: () => {
      const { entries } = counts;
      counts.entries = [];
      return entries.length > 0 ? { nonFinite: entries } : {};
    },
    part: recoveryPart(counts, copy),
  };
}

function recoveryPart(counts: Counts, copy: RunCopy | undefined): Part {
  const own = statePart<unknown>(stateOf(counts));
  return {
    save: async () => {
      const [state, kept] = [await own.save(), await copy?.part.save()];
      return {
        values: { own: state.values ?? {}, ...(kept && { copy: kept.values ?? {} }) },
        tensors: { ...kept?.tensors },
      };
    },
    read: async (saved) => {
      // A run may go on under another rule than the one it was begun with.
      const isKept = copy !== undefined && saved.values.has('copy');
      const { values, tensors } = saved;
      const all = [
        await own.read({ values: values.part('own'), tensors: {} }),
        ...(isKept ? [await copy.part.read({ values: values.part('copy'), tensors })] : []),
      ];
      return async () => {
        for (const putBack of all) await putBack();
      };
    },
  };
}

function stateOf(counts: Counts): Stateful<unknown> {
  return {
    state: () => ({ ...counts }),
    restore: (state) => {
      const { skips, returns, entries } = (state ?? {}) as Counts;
      requireWholeNumber('restore', 'state.returns', returns);
      Object.assign(counts, { returns, entries: [...entries] });
      Object.assign(counts.skips, skips);
    },
  };
}
