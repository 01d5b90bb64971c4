import type { Columns } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { buildDiscriminator } from '../../gan/builders/build-discriminator.js';
import { nonSaturatingLoss } from '../../gan/losses/non-saturating-loss.js';
import { r1Penalty } from '../../gan/penalties/r1-penalty.js';
import { generatorAverage } from '../../gan/training/generator-average.js';
import { playToEnd } from '../../gan/training/train-gan.js';
import { pauseFor } from '../../internal/signal.js';
import { trainableVariables } from '../../nn/models/model-variables.js';
import { readAll } from '../../nn/models/weight-guard.js';
import { adam } from '../../nn/optimizers/adam.js';
import { modelOfNetwork } from '../network/network-model.js';
import { buildRowsGenerator } from './rows-layer.js';
import { plainRows, privateRows } from './rows-of-game.js';
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
 * With `privacy` all that comes out is differentially private for rows that are added or removed. What the generator knows at the start
 * comes from a private model, and its cross-entropy is that of rows drawn of `start`, so that neither costs anything. Real rows are seen by
 * the discriminator alone: each row with the probability of `batchSize` over the number of rows in an update, its gradient shortened to
 * `clipNorm`, the sum with noise. A row with a cell that `start` has no state for has no gradient; that is said by the row alone,
 * and it counts in the number of rows. One ledger pays for `start` and for the updates, and stands in `privacy` of what is returned.
 *
 * @param table - The rows that `start` learned from; with `privacy`, those that its private model did.
 * @param options - See {@link TableGanOptions}. Defaults that differ from {@link trainGan}'s: batches of 256 rows, {@link r1Penalty}
 *   with a weight of 0.02 every fourth update, learning rates of 1e-4 for the generator and 1e-3 for the discriminator.
 * @returns The model and the reports of all steps. It holds plain arrays, and nothing is to be disposed. With `privacy` its `history` is
 *   empty: reports tell of real rows, and go to `onProgress` alone.
 * @throws RangeError when the table is not one that `start` can have learned from, or an option is wrong; with `privacy`, when `start` is
 *   not private, its ledger has not paid for `start` or has nothing left, or something else would look at rows; what {@link trainGan} throws.
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
 * @example
 * const csv = `country,pieces\n${'UK,1\nUK,2\nFrance,12\n'.repeat(300)}`;
 * const orders = parseTable(csv, { country: categoryColumn(), pieces: countColumn() });
 * const ledger = createPrivacyLedger({ epsilon: 4, delta: 1e-6 });
 * const columns = { country: { ids: ['UK', 'France'] }, pieces: { from: 1, to: 24 } };
 * const mixture = await privateMixture(orders, { ledger, columns, epsilon: 2, classes: 2, seed: 7 });
 * const start = await conditionalNetwork(mixture, { rows: 500, hidden: [16], epochs: 3 });
 * const gan = await trainTableGan(orders, { start, steps: 10, hidden: [16], seed: 8, privacy: { ledger } });
 * gan.privacy!.entries.map(({ purpose }) => purpose); // ['privateMixture: classes', 'trainTableGan: discriminator']
 * privacySpent(gan.privacy!.entries, { delta: 1e-6 }).epsilon <= 4; // true
 */
export async function trainTableGan<C extends Columns>(
  table: Table<C>,
  options: TableGanOptions<C>,
): Promise<TableGan<C>> {
  const { state, openPrivacy, own, game } = checkTableGanOptions(where, table, options);
  const { batchSize, crossEntropy, hidden, seed } = own;
  const pause = pauseFor(where, options.signal);
  const privacy = await openPrivacy?.(pause);
  const asked = { batchSize, seed, options };
  const rows = privacy
    ? await privateRows(where, state, table, { ...asked, privacy }, pause)
    : await plainRows(where, state, table, asked, pause);
  const { loss = nonSaturatingLoss(), packing = 1 } = options;
  const { plan } = state;
  const generator = buildRowsGenerator(plan, state.weights);
  const average = generatorAverage(generator, { decay: 0.99 });
  const discriminator = buildDiscriminator({ inputShape: [plan.states * packing], hidden, dropout: 0.2, seed });
  const optimizers = [adam({ learningRate: 1e-4, beta1: 0.5 }), adam({ learningRate: 1e-3, beta1: 0.5 })] as const;
  const masked = () => rows.masked(average.updates);
  try {
    const { generator: model, ...result } = await playToEnd(where, {
      generatorOptimizer: optimizers[0],
      discriminatorOptimizer: optimizers[1],
      penalties: [r1Penalty({ weight: 0.02, every: 4 })],
      ...game,
      ...rows.game,
      ...{ generator, discriminator, average },
      loss: tiedLoss(loss, { plan, generator, masked, weight: crossEntropy }),
    });
    const weights = (await readAll(trainableVariables(model))) as Float32Array[];
    // Reports of a private run tell of real rows: what is returned has none.
    const beside = privacy ? { ...result, history: [], privacy: privacy.ledger.state() } : result;
    return modelOfNetwork({ ...state, weights }, beside);
  } finally {
    for (const each of [generator, average.model, discriminator, ...optimizers]) each.dispose();
  }
}
