import { concat, dispose, type Tensor1D } from '@tensorflow/tfjs-core';
import type { BatchSource, OpenBatch } from '../../data/batch-source.js';
import { NonFiniteLossError } from '../../internal/non-finite-loss-error.js';
import { refuse, requireWholeNumber } from '../../internal/require.js';
import type { Recovery } from '../../training/recovery.js';
import type { StepWork } from '../../training/run-steps.js';
import type { GanReport } from '../watching/gan-observer.js';
import type { Game, Played } from './game/gan-game.js';
import { createGanGuard } from './gan-guard.js';
import type { GanOptions } from './options/gan-options.js';
import type { PrivateGame } from './private/private-game.js';

type Measured = Omit<GanReport, 'step' | 'totalSteps' | 'samplesPerSecond'>;

/** What the loop runs, and the batch that its last step ended with. */
export interface GanWork extends StepWork<Measured> {
  /** Refuses networks that are broken before they began. */
  open(): Promise<void>;
  /** Reads all weights. If some are broken, puts back the last finite ones and returns the error to throw. */
  look(): Promise<NonFiniteLossError | undefined>;
  /** Borrowed until the next step; undefined before the first. */
  lastBatch(): OpenBatch | undefined;
  /** Reads what is not read yet, so that nothing is left on the device. */
  settle(): Promise<void>;
  /** Ends the run at the report that was handed out last. */
  stop(): void;
  isStopped(): boolean;
  /** What was measured, as plain data. */
  state(): unknown;
  restore(state: unknown): Promise<void>;
  dispose(): void;
}

interface WorkParts {
  readonly game: Game;
  readonly source: BatchSource;
  readonly recovery: Recovery;
  readonly privately: PrivateGame | undefined;
}

/** What the loop runs: batches in, one step of the game, and its measurements, read when they are asked for. */
export function createGanWork(
  where: string,
  options: GanOptions,
  { game, source, recovery, privately }: WorkParts,
): GanWork {
  const { discriminatorSteps = 1, accumulate = 1, steps = Number.POSITIVE_INFINITY } = options;
  const perStep = discriminatorSteps * accumulate;
  const asked = () => Math.min(steps, Math.floor(source.totalBatches() / perStep));
  let paid: number | undefined;
  const totalSteps = () => {
    if (!privately) return asked();
    paid ??= done + Math.floor(privately.updatesPaid(asked() * perStep) / perStep);
    return Math.min(asked(), paid);
  };
  // What is left out was looked at already.
  const reader = createReader(where, recovery.action !== 'skip');
  const guard = createGanGuard(where, options);
  let unread: Played[] = [];
  let open: OpenBatch[] = [];
  let done = 0;
  let isStopped = false;
  const close = () => {
    releaseAll(open);
    open = [];
  };
  const settle = async () => {
    const rows = unread;
    unread = [];
    await reader.read(rows, done - rows.length).catch(async (error: unknown) => {
      throw error instanceof NonFiniteLossError ? await guard.placed(error) : error;
    });
  };
  const settleSoundly = () => recovery.check(done, settle);
  return {
    totalSteps,
    step: async () => {
      const batches = await openBatches(source, perStep);
      if (batches.length < perStep) {
        releaseAll(batches);
        return 0;
      }
      close();
      open = batches;
      await recovery.begin(done);
      unread.push(await game.play(batches, { step: done, totalSteps: totalSteps() }, recovery));
      done += 1;
      await recovery.keep(done, async () => {
        await settle();
        await guard.requireSound(done);
      });
      // A step on batches that happen to be empty is one.
      return Math.max(
        1,
        batches.reduce((sum, { samples }) => sum + samples.shape[0]!, 0),
      );
    },
    settle: settleSoundly,
    stop: () => {
      isStopped = true;
    },
    isStopped: () => isStopped,
    report: async () => {
      await recovery.check(done, async () => {
        await settle();
        await guard.passed(done);
      });
      const isSpent = privately && done === totalSteps() && done < asked();
      return { ...reader.last()!, ...(isSpent && { stopped: privately.spentWords() }) };
    },
    state: () => ({ done, last: reader.last() }),
    restore: async (state) => {
      const saved = (state ?? {}) as { readonly done?: unknown; readonly last?: Measured };
      requireWholeNumber('restore', 'state.done', saved.done);
      done = saved.done;
      paid = undefined;
      reader.restore(saved.last);
      // What is put back should weights break is what the run goes on with.
      const broken = await guard.look(done);
      if (broken) throw broken;
      await guard.passed(done);
    },
    open: async () => {
      const broken = await guard.look(0);
      if (broken) refuse(where, broken.network, 'have finite weights', broken.value);
      await guard.passed(0);
    },
    look: () => guard.look(done),
    finish: () => recovery.check(done, () => guard.requireSound(done)),
    lastBatch: () => open.at(-1),
    dispose: () => {
      dispose(unread.map(({ values }) => values));
      guard.dispose();
      close();
    },
  };
}

// All batches are at hand before anything changes: an iterable that throws leaves both models at a whole step.
async function openBatches(source: BatchSource, count: number): Promise<OpenBatch[]> {
  const batches: OpenBatch[] = [];
  try {
    while (batches.length < count) {
      const batch = await source.next();
      if (!batch) break;
      batches.push(batch);
    }
    return batches;
  } catch (error) {
    releaseAll(batches);
    throw error;
  }
}

function releaseAll(batches: readonly OpenBatch[]): void {
  for (const batch of batches) batch.release();
}

// Every step since the last report is looked at, in one read, so that the error names the step where it began. Penalties
// that are not computed at every step keep their last value.
function createReader(where: string, isStrict: boolean) {
  const requireFinite = (network: string, loss: number, step: number) => {
    if (isStrict && !Number.isFinite(loss)) throw new NonFiniteLossError(where, network, step, loss);
  };
  let penalties: Readonly<Record<string, number>> | undefined;
  let last: Measured | undefined;
  const read = async (rows: readonly Played[], before: number): Promise<void> => {
    if (rows.length === 0) return;
    const all = await readAll(rows.map(({ values }) => values));
    let from = 0;
    rows.forEach((row, index) => {
      const values = all.slice(from, from + row.values.size);
      from += row.values.size;
      const step = before + index + 1;
      const generator = values.at(-1)!;
      let place = 0;
      for (const names of row.penalties) {
        const [discriminator, realScore, fakeScore] = values.slice(place, place + 3) as Float32Array & number[];
        const terms = values.slice(place + 3, place + 3 + names.length);
        place += 3 + names.length;
        names.forEach((name, term) => {
          penalties = { ...penalties, [name]: terms[term]! };
        });
        last = { losses: { discriminator, generator }, realScore, fakeScore };
        for (const loss of [discriminator, ...terms]) requireFinite('discriminator', loss, step);
      }
      requireFinite('generator', generator, step);
    });
  };
  return {
    read,
    last: (): Measured | undefined => last && { ...last, ...(penalties && { penalties }) },
    restore: (saved: Measured | undefined) => {
      last = saved;
      penalties = saved?.penalties;
    },
  };
}

async function readAll(rows: readonly Tensor1D[]): Promise<Float32Array> {
  const together = rows.length === 1 ? rows[0]! : concat([...rows]);
  if (together !== rows[0]) dispose([...rows]);
  return (await together.data().finally(() => together.dispose())) as Float32Array;
}
