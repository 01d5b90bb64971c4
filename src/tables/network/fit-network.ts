import { dispose, type Scalar, stack, tidy, type Variable, variable } from '@tensorflow/tfjs-core';
import { closeAll } from '../../internal/close-all.js';
import { NonFiniteLossError } from '../../internal/non-finite-loss-error.js';
import { createPause } from '../../internal/pause.js';
import { piecemeal } from '../../internal/pieces.js';
import { readAndDispose } from '../../internal/read-tensor.js';
import { variableGradients } from '../../nn/gradients/variable-gradients.js';
import { firstNonFinite, readAll } from '../../nn/models/weight-guard.js';
import { adam } from '../../nn/optimizers/adam.js';
import { permutationInPieces, type Rng } from '../../random/rng.js';
import { type Progress, runSteps } from '../../training/run-steps.js';
import { cosineDecay } from '../../training/schedules/cosine-decay.js';
import type { ValidationReport } from '../../training/validation.js';
import { type MaskedBatch, maskRows } from './masked-batches.js';
import { cellLoss } from './network-pass.js';
import type { NetworkPlan } from './network-plan.js';
import { networkValidator, onDevice } from './network-validation.js';
import { toTensors } from './open-network.js';

/** Where the training of a {@link conditionalNetwork} stands, after each epoch. */
export interface NetworkReport extends Progress {
  /** Passes over the rows so far. */
  readonly epoch: number;
  /** Negative log-probability of a row, estimated from the cells hidden in this epoch, in nats. */
  readonly loss: number;
  /** The same of the rows that were held out, in the table's order. Default: missing, where there are none. */
  readonly validation?: ValidationReport;
}

/** How to train. */
export interface FitSettings {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly patience: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((report: NetworkReport) => void | Promise<void>) | undefined;
}

/** Rows as states of the table, `[N, D]`: those to learn from, and those held out. */
export interface FitRows {
  readonly train: Int32Array;
  readonly heldOut: Int32Array;
}

/** Trains weights, which it changes in place, and leaves those that were best on the rows held out. */
export async function fitNetwork(
  where: string,
  plan: NetworkPlan,
  weights: Float32Array[],
  rows: FitRows,
  settings: FitSettings,
  rng: Rng,
): Promise<NetworkReport[]> {
  const variables = toTensors(plan, weights).map((each) => {
    const made = variable(each);
    each.dispose();
    return made;
  });
  const optimizer = adam({ learningRate: settings.learningRate });
  const work = networkWork(where, plan, variables, { rows: rows.train, settings, rng, optimizer });
  const { perEpoch } = work;
  const { patience, signal } = settings;
  const validator = networkValidator(plan, variables, rows.heldOut, { perEpoch, patience, signal });
  const history: NetworkReport[] = [];
  try {
    for await (const report of runSteps(work, { reportEvery: perEpoch, signal }, { validator })) {
      history.push(report);
      await settings.onProgress?.(report);
    }
    validator?.restoreBest();
    for (const [place, values] of (await readAll(variables)).entries()) weights[place]!.set(values);
    return history;
  } finally {
    await closeAll([() => dispose(variables), () => optimizer.dispose(), work.close]);
  }
}

interface WorkParts {
  readonly rows: Int32Array;
  readonly settings: FitSettings;
  readonly rng: Rng;
  readonly optimizer: ReturnType<typeof adam>;
}

function networkWork(where: string, plan: NetworkPlan, variables: Variable[], parts: WorkParts) {
  const { rows, settings, rng, optimizer } = parts;
  const length = rows.length / plan.columns.length;
  const { batchSize, epochs, learningRate } = settings;
  const perEpoch = Math.ceil(length / batchSize);
  const totalSteps = epochs * perEpoch;
  const [orders, masks] = [rng.stream('shuffle'), rng.stream('masks')];
  const decay = cosineDecay();
  let [order, step, unread]: [Uint32Array, number, Scalar[]] = [new Uint32Array(0), 0, []];
  return {
    perEpoch,
    totalSteps: () => totalSteps,
    step: async () => {
      const place = step % perEpoch;
      if (place === 0) order = await piecemeal(permutationInPieces(orders, length), createPause());
      const chosen = order.subarray(place * batchSize, (place + 1) * batchSize);
      optimizer.learningRate = learningRate * decay({ step, totalSteps });
      unread.push(networkStep(plan, variables, maskRows(plan, rows, chosen, masks), optimizer));
      step += 1;
      return chosen.length;
    },
    report: async () => {
      const losses = await readScalars(unread);
      unread = [];
      const first = losses.findIndex((loss) => !Number.isFinite(loss));
      if (first >= 0) throw new NonFiniteLossError(where, 'model', step - losses.length + first + 1, losses[first]!);
      const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
      return { epoch: Math.ceil(step / perEpoch), loss: plan.columns.length * mean };
    },
    finish: async () => {
      const value = await firstNonFinite(variables);
      if (value !== undefined) throw new NonFiniteLossError(where, 'model', step, value, 'weights');
    },
    close: () => dispose(unread),
  };
}

function networkStep(plan: NetworkPlan, variables: Variable[], batch: MaskedBatch, optimizer: ReturnType<typeof adam>) {
  return tidy(() => {
    const rows = onDevice(plan, batch);
    const { value, grads } = variableGradients(() => cellLoss(plan, variables, rows), variables);
    optimizer.applyGradients(grads);
    return value;
  });
}

// One read for all: each would wait for the device.
async function readScalars(scalars: Scalar[]): Promise<number[]> {
  const together = stack(scalars);
  dispose(scalars);
  return Array.from(await readAndDispose(together));
}
