import { dispose, stack, type Tensor1D } from '@tensorflow/tfjs-core';
import type { BatchSource, OpenBatch } from '../../data/batch-source.js';
import { NonFiniteLossError } from '../../training/non-finite-loss-error.js';
import type { StepWork } from '../../training/run-steps.js';
import type { Game } from './gan-game.js';
import type { GanOptions, GanReport } from './gan-options.js';

type Measured = Omit<GanReport, 'step' | 'totalSteps' | 'samplesPerSecond'>;

/** What the loop runs: batches in, one step of the game, and its measurements, read when they are asked for. */
export function createGanWork(
  where: string,
  options: GanOptions,
  game: Game,
  source: BatchSource,
): StepWork<Measured> & { dispose(): void } {
  const { discriminatorSteps = 1, steps = Number.POSITIVE_INFINITY } = options;
  let unread: Tensor1D[] = [];
  let done = 0;
  return {
    totalSteps: () => Math.min(steps, Math.floor(source.totalBatches() / discriminatorSteps)),
    step: async () => {
      const batches = await openBatches(source, discriminatorSteps);
      try {
        if (batches.length < discriminatorSteps) return 0;
        unread.push(game.play(batches.map(({ samples }) => samples)));
        done += 1;
        return batches.reduce((sum, { samples }) => sum + samples.shape[0]!, 0);
      } finally {
        releaseAll(batches);
      }
    },
    report: async () => {
      const rows = unread;
      unread = [];
      return readRows(where, rows, done - rows.length);
    },
    dispose: () => dispose(unread),
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

// Every step since the last report is looked at, in one read, so that the error names the step where it began.
async function readRows(where: string, rows: Tensor1D[], before: number): Promise<Measured> {
  const table = rows.length === 1 ? rows[0]! : stack(rows);
  if (table !== rows[0]) dispose(rows);
  const values = await table.data().finally(() => table.dispose());
  rows.forEach((_, row) => {
    requireFinite(where, 'discriminator', values[4 * row]!, before + row + 1);
    requireFinite(where, 'generator', values[4 * row + 3]!, before + row + 1);
  });
  const [discriminator, realScore, fakeScore, generator] = values.slice(-4) as Float32Array & number[];
  return { losses: { discriminator, generator }, realScore, fakeScore };
}

function requireFinite(where: string, network: string, loss: number, step: number): void {
  if (!Number.isFinite(loss)) throw new NonFiniteLossError(where, network, step, loss);
}
