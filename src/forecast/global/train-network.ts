import { inStretches, type Pieces, piecemeal } from '../../internal/pieces.js';
import type { FeatureColumns } from '../../nn/embedding/inputs/features.js';
import { takeNumbers } from '../../nn/embedding/inputs/take-columns.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { lazyAdam } from '../../nn/embedding/training/embedding-optimizer.js';
import { createEmbeddingStep } from '../../nn/embedding/training/embedding-step.js';
import { permutationInPieces, type Rng } from '../../random/rng.js';
import type { HeadRules } from './forecast-heads.js';
import { leastJudged } from './global-rows.js';

/** Rows as a network takes them. */
export interface CodedRows {
  readonly inputs: FeatureColumns;
  /** `[N]`: what was sold; NaN where it is not known. */
  readonly sold: Float32Array;
  /** `[N]`. */
  readonly levels: Float32Array;
}

/** How a network is trained. */
export interface NetworkTraining {
  readonly rules: HeadRules;
  readonly epochs: number;
  readonly learningRate: number;
  /** Draws the order of the rows. */
  readonly rng: Rng;
  readonly pause: () => Promise<void>;
  /** Called after each epoch with its mean loss, and waited for. */
  readonly afterEpoch: (epoch: number, loss: number) => void | Promise<void>;
}

const batchSize = 256;
const regularization = 1e-5;

/** Rows whose loss is taken before the event loop may turn: a likelihood of counts takes up to some microseconds a row. */
const judgedAtOnce = 1024;

/** Trains a network in place on all rows, epoch after epoch. */
export async function trainNetwork(
  model: EmbeddingModel,
  { inputs, sold, levels }: CodedRows,
  { rules, epochs, learningRate, rng, pause, afterEpoch }: NetworkTraining,
): Promise<void> {
  const step = createEmbeddingStep(model, {
    loss: rules.loss,
    optimizer: lazyAdam({ learningRate }),
    regularization,
  });
  try {
    for (let epoch = 1; epoch <= epochs; epoch += 1) {
      const order = new Int32Array(await piecemeal(permutationInPieces(rng, sold.length), pause));
      for (let from = 0; from < order.length; from += batchSize) {
        await pause();
        const rows = order.subarray(from, from + batchSize);
        const take = (values: Float32Array) => Float32Array.from(rows, (row) => values[row]!);
        await step.update({ rows: takeRows(model, inputs, rows), labels: take(sold), weights: take(levels) });
      }
      const losses = await step.readLosses();
      await afterEpoch(epoch, losses.reduce((sum, loss) => sum + loss, 0) / losses.length);
    }
  } finally {
    step.dispose();
  }
}

/** The mean loss of raw outputs on rows whose sales are known and that sold before; NaN where there are none. */
export function* lossOf(outputs: Float32Array, { sold, levels }: CodedRows, rules: HeadRules): Pieces<number> {
  let [sum, count] = [0, 0];
  yield* inStretches(
    sold.length,
    (from, to) => {
      const kept: number[] = [];
      for (let row = from; row < to; row += 1)
        if (levels[row]! > leastJudged && !Number.isNaN(sold[row]!)) kept.push(row);
      if (kept.length > 0) sum += kept.length * meanLoss(outputs, { sold, levels }, rules, kept);
      count += kept.length;
    },
    judgedAtOnce,
  );
  return sum / count;
}

function meanLoss(
  outputs: Float32Array,
  { sold, levels }: Omit<CodedRows, 'inputs'>,
  { loss, outputs: width }: HeadRules,
  kept: readonly number[],
): number {
  const logits = new Float32Array(kept.length * width);
  for (const [at, row] of kept.entries()) logits.set(outputs.subarray(row * width, (row + 1) * width), at * width);
  const labels = Float32Array.from(kept, (row) => sold[row]!);
  const weights = Float32Array.from(kept, (row) => levels[row]!);
  return loss.computeOnHost!({ logits, labels, weights, groupSize: width, rows: {} }, new Float32Array(logits.length));
}

function takeRows({ features }: EmbeddingModel, inputs: FeatureColumns, rows: Int32Array): FeatureColumns {
  return Object.fromEntries(
    Object.entries(features).map(([name, feature]) => {
      const column = inputs[name] as Float32Array | Int32Array;
      if (column instanceof Int32Array) return [name, Int32Array.from(rows, (row) => column[row]!)];
      return [name, takeNumbers(column, feature.kind === 'numeric' ? (feature.size ?? 1) : 1, rows)];
    }),
  );
}
