import type { Columns } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { piecemeal } from '../../internal/pieces.js';
import {
  refuse,
  requireBetween,
  requireFilled,
  requireFunction,
  requirePositive,
  requirePositiveInteger,
  requireSeed,
  requireSizes,
} from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { prepareBackend } from '../../kernels/prepare-backend.js';
import { createRng, permutationInPieces, type Rng } from '../../random/rng.js';
import { bestOf, requirePace, type ValidationReport } from '../../training/validation.js';
import type { TableCoding } from '../coding/table-coding.js';
import { visitRows } from '../mixture/mixture.js';
import type { NoColumns, TableModel, TableModelOptions } from '../table-model.js';
import { type FitRows, fitNetwork, type NetworkReport } from './fit-network.js';
import { modelOfNetwork } from './network-model.js';
import { initialWeights } from './network-plan.js';
import { openSource } from './network-source.js';

/** Options of {@link conditionalNetwork}. */
export interface ConditionalNetworkOptions<C extends Columns = NoColumns> extends TableModelOptions<C> {
  /** Units of the hidden layers, one or more. Default `[256, 256]`. */
  readonly hidden?: readonly number[];
  /** Numbers that stand for a state. Default 16. */
  readonly embeddingSize?: number;
  /** Passes over the rows, 1 or more. Default 30. */
  readonly epochs?: number;
  /** Rows in a batch, 1 or more; of fewer rows all. Default 256. */
  readonly batchSize?: number;
  /** Step size of Adam at the start, above 0; it falls to 0 along a cosine. Default 0.002. */
  readonly learningRate?: number;
  /** How rows are held out, by which the best weights are kept: those after the epoch with the least loss. */
  readonly validation?: NetworkValidation;
  /** Rows that are drawn of a model to learn from, 1 or more. Default 20,000; of a table all rows are taken. */
  readonly rows?: number;
  /** Chooses the first weights, the rows held out, what is hidden of rows, and the rows drawn of a model. Default 0. */
  readonly seed?: number;
  /** Called after every epoch, and waited for. What it throws ends the training. */
  readonly onProgress?: (report: NetworkReport) => void | Promise<void>;
}

/** Rows that a {@link conditionalNetwork} is not trained on. */
export interface NetworkValidation {
  /** Their share of the table, in [0, 1); with 0 the last weights are kept. Default 0.1. */
  readonly share?: number;
  /** Ends the training after so many epochs in a row without a new best. By default it goes on to its end. */
  readonly patience?: number;
}

/** What {@link conditionalNetwork} learned. */
export interface ConditionalNetwork<C extends Columns = Columns> extends TableModel<C> {
  /** How the training went, one entry for each epoch. */
  readonly history: readonly NetworkReport[];
  /** The measurement whose weights the model has. Default: missing, where no rows were held out. */
  readonly best?: ValidationReport;
}

/**
 * Learns one small network that says of every column how likely its states are, given any of the others.
 *
 *     p(row) = product over columns of p(state of the cell | cells before it)
 *
 * Each cell is an embedding, an unknown one that of its column's "unknown"; hidden layers with relu take them side by side, and a
 * softmax for each column stands on the last. Batches hide cells, half of them those behind a place of the table's order, half
 * of them any. Rows are drawn cell by cell, the cells with a condition first, the others in the table's order: conditions hold in
 * every row.
 *
 * `logProbability` goes through the columns in the table's order, and over all rows it adds up to 1. `probability` goes through those
 * with a condition, fewest allowed states first. The network answers in every order, and its answers agree only as far as it has
 * learned, so that shares among rows drawn without conditions may differ a little from `probability`. It adds up all
 * combinations of allowed states, of up to 16,384; beyond that it is an estimate from so many, drawn by a fixed seed.
 *
 * Runs on the active backend, both to learn and to draw; what it holds between calls is plain arrays, and nothing is to be disposed. Memory of
 * training: 16 bytes for each of (S + D) E + H S parameters and those of the layers, for S states of D columns, and about 20 bytes for each
 * state and row of a batch.
 *
 * From a model it learns by rows that are drawn of it, in its states. What that is good for: a network of a private model costs nothing
 * more, says so in `privacy`, and is what a private {@link trainTableGan} starts with.
 *
 * @param source - A table of 1 row or more, of which each column has a value in some row; or a model that minimart learned.
 * @returns The model, which holds no rows of the table.
 * @throws RangeError when the table is empty, a column holds nothing but missing values or numbers that are not finite, or an
 *   option is wrong; {@link NonFiniteLossError} when the loss stops being a number.
 * @see Uria, Murray and Larochelle, "A Deep and Tractable Density Estimator" (2014)
 * @see Tiwald et al., "TabularARGN" (2025), https://arxiv.org/abs/2501.12012
 * @example
 * const csv = `country,pieces\n${'UK,1\nUK,2\nFrance,12\nFrance,24\n'.repeat(25)}`;
 * const orders = parseTable(csv, { country: categoryColumn(), pieces: countColumn() });
 * const model = await conditionalNetwork(orders, { hidden: [16], epochs: 60, batchSize: 20, learningRate: 0.01, seed: 7 });
 * const french = await model.sample(100, { where: { country: 'France' }, seed: 1 });
 * french.columns.country.codes.every((code) => code === 1); // true
 * (await model.probability({ country: 'France', pieces: { from: 12 } })) > 0.3; // true
 * (await model.probability({ country: 'UK', pieces: { from: 12 } })) < 0.05; // true
 * model.history.length; // 60
 * @example
 * const csv = `country,pieces\n${'UK,1\nUK,2\nFrance,12\n'.repeat(300)}`;
 * const orders = parseTable(csv, { country: categoryColumn(), pieces: countColumn() });
 * const ledger = createPrivacyLedger({ epsilon: 2, delta: 1e-6 });
 * const columns = { country: { ids: ['UK', 'France'] }, pieces: { from: 1, to: 24 } };
 * const mixture = await privateMixture(orders, { ledger, columns, classes: 2, seed: 7 });
 * const model = await conditionalNetwork(mixture, { rows: 500, hidden: [8], epochs: 3, seed: 1 });
 * model.privacy?.epsilon; // 2: no more than the mixture
 */
export async function conditionalNetwork<C extends Columns>(
  source: Table<C> | TableModel<C>,
  options: ConditionalNetworkOptions<NoInfer<C>> = {},
): Promise<ConditionalNetwork<C>> {
  const where = 'conditionalNetwork';
  const { seed, share, hidden, embeddingSize, ...settings } = checkOptions(where, options);
  const pause = pauseFor(where, options.signal);
  await prepareBackend();
  const { bins, together, derived, rows: count, signal } = options;
  const asked = { bins, together, derived, rows: count, seed, ...(signal && { signal }) };
  const { coding, layout, privacy } = await openSource<C>(where, source, asked, pause);
  const rng = createRng(seed);
  const columns = coding.columns.map(({ base, states }) => ({ base, states: states.offsets.length - 1 }));
  const plan = { columns, states: coding.states, embeddingSize, hidden };
  const weights = initialWeights(plan, coding, rng.stream('init'));
  const rows = await holdOut(coding, share, rng.stream('split'), pause);
  const history = await fitNetwork(where, plan, weights, rows, settings, rng);
  const best = bestOf(history);
  const beside = { history, ...(best && { best }), ...(privacy && { privacy }) };
  return modelOfNetwork({ plan, weights, columns: coding.columns, layout }, beside);
}

const names: OptionNames<ConditionalNetworkOptions> = {
  hidden: true,
  embeddingSize: true,
  epochs: true,
  batchSize: true,
  learningRate: true,
  validation: true,
  rows: true,
  bins: true,
  together: true,
  derived: true,
  seed: true,
  signal: true,
  onProgress: true,
};

function checkOptions<C extends Columns>(where: string, options: ConditionalNetworkOptions<C>) {
  requireOptions(where, options, names);
  const { hidden = [256, 256], embeddingSize = 16, epochs = 30, batchSize = 256, learningRate = 0.002 } = options;
  const { validation = {}, bins = 20, seed = 0, signal, onProgress } = options;
  requireSizes(where, 'hidden', hidden);
  requireFilled(where, 'hidden', hidden);
  for (const [name, value] of Object.entries({ embeddingSize, epochs, batchSize, bins })) {
    requirePositiveInteger(where, name, value);
  }
  requirePositive(where, 'learningRate', learningRate);
  requireOptions(where, validation, { share: true, patience: true }, 'validation');
  const { share = 0.1, patience } = validation;
  requireBetween(where, 'validation.share', share, 0, 1);
  requirePace(where, { patience });
  if (share === 0 && patience !== undefined)
    refuse(where, 'validation.patience', 'be left out where no rows are held out', patience);
  requireSeed(where, seed);
  requireFunction(where, 'onProgress', onProgress);
  return { hidden, embeddingSize, epochs, batchSize, learningRate, share, patience, seed, signal, onProgress };
}

async function holdOut(
  { rows, length, columns }: TableCoding,
  share: number,
  rng: Rng,
  pause: () => Promise<void>,
): Promise<FitRows> {
  const width = columns.length;
  const held = Math.min(length - 1, Math.round(share * length));
  const parts = { heldOut: new Int32Array(held * width), train: new Int32Array((length - held) * width) };
  const order = await piecemeal(permutationInPieces(rng, length), pause);
  const visit = (place: number) => {
    const row = rows.subarray(order[place]! * width, (order[place]! + 1) * width);
    if (place < held) parts.heldOut.set(row, place * width);
    else parts.train.set(row, (place - held) * width);
  };
  await piecemeal(visitRows(length, 8 * width, visit), pause);
  return parts;
}
