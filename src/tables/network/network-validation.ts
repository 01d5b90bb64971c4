import { type Tensor, tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { createPause } from '../../internal/pause.js';
import { readAndDispose } from '../../internal/read-tensor.js';
import { putBack, readAll } from '../../nn/models/weight-guard.js';
import { createValidator } from '../../training/validation.js';
import { type MaskedBatch, prefixRows } from './masked-batches.js';
import { cellLoss, type MaskedRows } from './network-pass.js';
import type { NetworkPlan } from './network-plan.js';
import { rowsInPass } from './open-network.js';

/** When a network is measured. */
interface NetworkPace {
  /** Steps of an epoch. */
  readonly perEpoch: number;
  readonly patience: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What measures a network in training after every epoch; undefined where no rows are held out. */
export function networkValidator(
  plan: NetworkPlan,
  variables: Variable[],
  rows: Int32Array,
  { perEpoch, patience, signal }: NetworkPace,
) {
  if (rows.length === 0) return undefined;
  const measure = heldOutLoss(plan, rows, createPause(8, signal));
  return createValidator<Awaited<ReturnType<typeof readAll>>, { value: number }>({
    ...{ every: perEpoch, unit: perEpoch, patience, signal },
    isBetter: (value, best) => value < best,
    measure: async () => ({ value: await measure(variables) }),
    copy: () => readAll(variables),
    restore: (kept) => putBack(variables, kept),
  });
}

/** Fewer rows than this are gone through several times, each with other cells hidden. */
const enoughRows = 4096;

/**
 * Makes a measure of weights: the negative log-probability of a row in the table's order, from one cell of each row, or, of few
 * rows, from all of them.
 */
export function heldOutLoss(
  plan: NetworkPlan,
  rows: Int32Array,
  pause: () => Promise<void>,
): (weights: readonly Tensor[]) => Promise<number> {
  const width = plan.columns.length;
  const length = rows.length / width;
  const all = Uint32Array.from({ length }, (_, row) => row);
  const rounds = Math.min(width, Math.ceil(enoughRows / length));
  return async (weights) => {
    let sum = 0;
    for (let round = 0; round < rounds; round += 1) {
      const shown = (row: number) => (row + Math.floor((round * width) / rounds)) % width;
      for (let from = 0; from < length; from += rowsInPass) {
        const batch = prefixRows(plan, rows, all.subarray(from, from + rowsInPass), shown);
        const [loss] = await readAndDispose(tidy(() => cellLoss(plan, weights, onDevice(plan, batch))));
        sum += (loss! * batch.cells.length) / width;
        await pause();
      }
    }
    return (width * sum) / (length * rounds);
  };
}

/** A batch as tensors, which the caller disposes. */
export function onDevice({ columns }: NetworkPlan, { cells, targets, counts }: MaskedBatch): MaskedRows {
  const shape: [number, number] = [cells.length / columns.length, columns.length];
  return {
    cells: tensor(cells, shape, 'int32'),
    targets: tensor(targets, shape, 'int32'),
    counts: tensor(counts, shape, 'float32'),
  };
}
