import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Columns } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { buildDiscriminator } from '../../gan/builders/build-discriminator.js';
import { nonSaturatingLoss } from '../../gan/losses/non-saturating-loss.js';
import { r1Penalty } from '../../gan/penalties/r1-penalty.js';
import { generatorAverage } from '../../gan/training/generator-average.js';
import { trainGan } from '../../gan/training/train-gan.js';
import { refuse, refuseEmpty, requireAtMost } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { trainableVariables } from '../../nn/models/model-variables.js';
import { readAll } from '../../nn/models/weight-guard.js';
import { adam } from '../../nn/optimizers/adam.js';
import { requireSameColumns } from '../coding/table-coding.js';
import { learnedRows } from '../model-of-rows.js';
import { modelOfNetwork, type NetworkState } from '../network/network-model.js';
import { heldOutLoss } from '../network/network-validation.js';
import { rowBatches } from './row-batches.js';
import { buildRowsGenerator } from './rows-layer.js';
import { checkTableGanOptions, type TableGan, type TableGanOptions } from './table-gan-options.js';
import { tiedLoss } from './tied-loss.js';

const where = 'trainTableGan';

/**
 * Tunes a {@link conditionalNetwork} against a discriminator that sees whole rows, real and drawn.
 *
 * The generator is the network itself, gone through column by column in the table's order: each cell is drawn from its softmax and
 * handed to the next as its embedding, and gradients pass through the draws as if they were the probabilities (straight-through). So it
 * begins as good as the network is. Its loss is the adversarial one and, with the weight `crossEntropy`, that of the network. The discriminator is
 * a stack of dense layers with a dropout of 0.2 on one-hot states; batches are made one-hot as they are needed: 8 bytes for each state and row of a batch
 * on top of the passes, and never the whole table. What is returned draws with the moving average of the weights (decay 0.99).
 *
 * What comes out is a network again, with the same conditions and probabilities. Compare it with `start` before you prefer it: on order lines of a real
 * shop it was no harder to tell from real rows than the network that it began as (`bench/tables`).
 *
 * @param table - The rows that `start` learned from.
 * @param options - See {@link TableGanOptions}. Defaults that differ from {@link trainGan}'s: batches of 256 rows, {@link r1Penalty}
 *   with a weight of 0.02 every fourth update, learning rates of 1e-4 for the generator and 1e-3 for the discriminator.
 * @returns The model and the reports of all steps. It holds plain arrays, and nothing is to be disposed.
 * @throws RangeError when the table is not one that `start` can have learned from, or an option is wrong; what {@link trainGan} throws.
 * @see Jang, Gu and Poole, "Categorical Reparameterization with Gumbel-Softmax" (2017), section 2.2, for straight-through draws
 * @see Xu et al., "Modeling Tabular Data using Conditional GAN" (2019), for GANs of tables
 * @example
 * const csv = `country,pieces\n${'UK,1\nUK,2\nFrance,12\nFrance,24\n'.repeat(25)}`;
 * const orders = parseTable(csv, { country: categoryColumn(), pieces: countColumn() });
 * const start = await conditionalNetwork(orders, { hidden: [16], epochs: 20, batchSize: 20, learningRate: 0.01 });
 * const gan = await trainTableGan(orders, { start, steps: 10, batchSize: 20, hidden: [16] });
 * gan.steps; // 10
 * const french = await gan.sample(50, { where: { country: 'France' }, seed: 1 });
 * french.columns.country.codes.every((code) => code === 1); // true
 */
export async function trainTableGan<C extends Columns>(
  table: Table<C>,
  options: TableGanOptions<C>,
): Promise<TableGan<C>> {
  const { state, crossEntropy, hidden } = checkTableGanOptions(where, options);
  const pause = pauseFor(where, options.signal);
  const rows = await knownRows(state, table, pause);
  const {
    start: _start,
    crossEntropy: _crossEntropy,
    hidden: _hidden,
    validation,
    batchSize = Math.min(256, table.length),
    ...game
  } = options;
  requireAtMost(where, 'batchSize', batchSize, table.length, 'rows');
  const score = validation && (await heldOutScore(state, validation.table, pause));
  const {
    loss = nonSaturatingLoss(),
    seed = 0,
    packing = 1,
    penalties = [r1Penalty({ weight: 0.02, every: 4 })],
  } = options;
  const { plan } = state;
  const generator = buildRowsGenerator(plan, state.weights);
  const average = generatorAverage(generator, { decay: 0.99 });
  const discriminator = buildDiscriminator({ inputShape: [plan.states * packing], hidden, dropout: 0.2, seed });
  const optimizers = [adam({ learningRate: 1e-4, beta1: 0.5 }), adam({ learningRate: 1e-3, beta1: 0.5 })] as const;
  const batches = rowBatches(plan, rows, batchSize, seed);
  try {
    const { generator: model, ...result } = await trainGan({
      generatorOptimizer: optimizers[0],
      discriminatorOptimizer: optimizers[1],
      ...game,
      ...{ generator, discriminator, average, penalties, data: batches },
      loss: tiedLoss(loss, { plan, generator, rows, batches, weight: crossEntropy, seed }),
      validation: score && { score, every: validation!.every, patience: validation!.patience },
    });
    const weights = (await readAll(trainableVariables(model))) as Float32Array[];
    return modelOfNetwork({ ...state, weights }, result);
  } finally {
    for (const each of [generator, average.model, discriminator, ...optimizers]) each.dispose();
  }
}

// Refuses a table with what the network cannot have learned from.
async function knownRows(state: NetworkState, table: Table, pause: () => Promise<void>): Promise<Int32Array> {
  requireSameColumns(where, state.layout?.members ?? state.columns, table);
  if (table.length === 0) refuseEmpty(where, 'table', 'no rows');
  const rows = await learnedRows(state.columns, state.layout, table, pause);
  const strange = rows.findIndex((cell) => cell < 0);
  if (strange >= 0) {
    const [row, column] = [Math.floor(strange / state.columns.length), state.columns[strange % state.columns.length]!];
    refuse(where, `table.columns.${column.name}`, 'hold what `start` learned from', `something else in row ${row}`);
  }
  return rows;
}

async function heldOutScore(state: NetworkState, table: Table, pause: () => Promise<void>) {
  requireSameColumns(where, state.layout?.members ?? state.columns, table, 'validation.table');
  const rows = await learnedRows(state.columns, state.layout, table, pause);
  const width = state.columns.length;
  let known = rows.slice();
  let end = 0;
  for (let start = 0; start < rows.length; start += width) {
    const row = rows.subarray(start, start + width);
    if (row.some((cell) => cell < 0)) continue;
    known.set(row, end);
    end += width;
  }
  known = known.subarray(0, end);
  if (known.length === 0) refuse(where, 'validation.table', 'have rows of which `start` knows every cell', 'none');
  const measure = heldOutLoss(state.plan, known, pause);
  return (model: LayersModel) => measure(trainableVariables(model));
}
