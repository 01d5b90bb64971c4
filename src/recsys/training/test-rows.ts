import type { Head } from '../../nn/embedding/models/embedding-model.js';
import { type SplitRows, selectRows } from './batches/labelled-rows.js';
import type { LabelledTrainingOptions, TestReport } from './recommender-options.js';

/** Rows scored at a time, so that a large test part needs no large memory. */
const rowsAtOnce = 8192;

/** The mean loss of a model on rows that it never saw, and that of the mean training label. */
export async function testRows(
  { model, rows, labels }: LabelledTrainingOptions,
  { train, test }: SplitRows,
): Promise<TestReport | undefined> {
  if (test.length === 0) return undefined;
  const constant = outputOf(model.head, train.reduce((sum, row) => sum + labels[row]!, 0) / train.length);
  let [loss, baselineLoss] = [0, 0];
  for (let start = 0; start < test.length; start += rowsAtOnce) {
    const chosen = test.subarray(start, start + rowsAtOnce);
    const outputs = await model.score(selectRows(model.features, rows, chosen));
    chosen.forEach((row, place) => {
      loss += lossOf(model.head, outputs[place]!, labels[row]!) / test.length;
      baselineLoss += lossOf(model.head, constant, labels[row]!) / test.length;
    });
  }
  return { rows: test.length, loss, baselineLoss };
}

/** The raw output of a model that always says `mean`. */
function outputOf(head: Head, mean: number): number {
  if (head === 'binary') return Math.log(mean / (1 - mean));
  return head === 'count' ? Math.log(mean) : mean;
}

/** The loss of one raw output: cross-entropy of a logit, squared error, Poisson's of a log rate. */
function lossOf(head: Head, output: number, label: number): number {
  if (head === 'value') return (output - label) ** 2;
  if (head === 'count') return Math.exp(output) - times(label, output);
  return times(label, softplus(-output)) + times(1 - label, softplus(output));
}

// A constant learnt from labels that were all alike may be infinite: what it is sure not to meet costs nothing.
function times(share: number, cost: number): number {
  return share === 0 ? 0 : share * cost;
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
