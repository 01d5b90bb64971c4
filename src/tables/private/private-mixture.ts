import type { Columns } from '../../data/table/column.js';
import { requireTable } from '../../data/table/require-rows.js';
import type { Table } from '../../data/table/table.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import {
  refuse,
  refuseEmpty,
  requireFunction,
  requireGivenSeed,
  requirePositive,
  requirePositiveInteger,
} from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { type PrivacyBudget, type PrivacyLedger, requireLedger } from '../../privacy/privacy-ledger.js';
import { createRng, type Rng } from '../../random/rng.js';
import { codeRows } from '../coding/table-coding.js';
import { drawPlace, runningSums } from '../draw-place.js';
import type { Mixture } from '../mixture/mixture.js';
import { mixtureDistribution } from '../mixture/mixture-distribution.js';
import { modelOfRows } from '../model-of-rows.js';
import type { TableModel } from '../table-model.js';
import { addNoise, estimateClasses, tallyRows } from './noisy-fit.js';
import { type NoisePlan, planNoise } from './plan-noise.js';
import { type PrivateColumn, privateColumns } from './private-coding.js';
import { type Declared, type PublicColumns, readDeclared } from './public-columns.js';

/** Where the fit of a {@link privateMixture} stands. What the rows say of it is not told: that would be paid for. */
export interface PrivateMixtureProgress {
  /** Iterations done so far, from 1. */
  readonly iteration: number;
  /** Iterations of the whole fit. */
  readonly iterations: number;
}

/** Options of {@link privateMixture}. */
export interface PrivateMixtureOptions<C extends Columns = Columns> {
  /** Pays for the fit, before the rows are looked at. Its delta is below one over the number of rows. */
  readonly ledger: PrivacyLedger;
  /** What is known of each column without looking at the rows. */
  readonly columns: PublicColumns<C>;
  /** Fixes the noise; any safe integer. Whoever knows it can take the noise away: draw it by chance, and keep it to yourself. */
  readonly seed: number;
  /** What the fit may cost, as epsilon of it alone. Default: all that the ledger has left. */
  readonly epsilon?: number;
  /** Number of classes, K. Fewer suffer less from noise; 1 learns each column by itself. Default 10. */
  readonly classes?: number;
  /** Iterations of EM, each of which is paid for. Default 10; 1 where there is one class. */
  readonly iterations?: number;
  /** About how many bins a column of numbers is cut into, beside numbers that many rows have; 1 or more. Default 20. */
  readonly bins?: number;
  /** Stops the work; it then rejects with the signal's reason. What was paid stays paid. */
  readonly signal?: AbortSignal;
  /** Called after every iteration, and waited for. What it throws ends the fit. */
  readonly onProgress?: (progress: PrivateMixtureProgress) => void | Promise<void>;
}

/** What {@link privateMixture} learned. */
export interface PrivateMixture<C extends Columns = Columns> extends TableModel<C> {
  /** `[K]`: the share of rows of each class; they add up to 1. */
  readonly classShares: Float64Array;
  /** All that the ledger had paid when it was learned: {@link encodeTableModel} writes it down. */
  readonly privacy: Required<PrivacyBudget>;
}

const names: OptionNames<PrivateMixtureOptions> = {
  ledger: true,
  columns: true,
  seed: true,
  epsilon: true,
  classes: true,
  iterations: true,
  bins: true,
  signal: true,
  onProgress: true,
};

/**
 * Learns a mixture of classes of rows, as {@link latentClassMixture} does, from noisy sums alone: what it is, and every row that
 * it draws, is differentially private for rows that are added or removed.
 *
 * What is public costs nothing: ids that are listed, bounds and steps of numbers. Two things are paid for. *States*: ids that are
 * not listed are found where their count, with noise, is above what a single row reaches with a probability that counts towards delta;
 * numbers of more than 50 values are cut into bins by noisy counts of halves of halves. *Classes*: every iteration of EM adds up the
 * class probabilities of the rows. A row moves these sums by at most sqrt(D + 1) for D columns, and they get normal noise of that size
 * times the noise multiplier; what follows looks at nothing but them. Classes begin by chance, not with rows, and the number of
 * iterations is fixed. Numbers are drawn from anywhere in their bin, never from rows.
 *
 * @param table - The rows; each is private. More rows of one customer are as many times as private as there are: cap them before.
 * @param options - The ledger that pays, what is public, and how to fit.
 * @returns The model, which holds no rows of the table, nor ids that were not listed or found. A row with others is ruled out by it.
 * @throws RangeError when the ledger has not enough left, its delta is not below one over the number of rows, a column is not declared, or an
 *   option is wrong; nothing is paid then. Where no id can be told from noise, which is found out when it was paid for.
 * @see Park, Foulds, Chaudhuri and Welling, "DP-EM: Differentially Private Expectation Maximization" (2017), https://arxiv.org/abs/1605.06995
 * @example
 * const csv = `country,pieces\n${'UK,1\nUK,2\nFrance,12\n'.repeat(300)}`;
 * const orders = parseTable(csv, { country: categoryColumn(), pieces: countColumn() });
 * const ledger = createPrivacyLedger({ epsilon: 1, delta: 1e-6 });
 * const columns = { country: { ids: ['UK', 'France', 'Peru'] }, pieces: { from: 1, to: 24 } };
 * const model = await privateMixture(orders, { ledger, columns, classes: 2, seed: 7 });
 * Math.abs((await model.probability({ country: 'France' })) - 1 / 3) < 0.2; // true
 * ledger.left < 0.01; // true
 */
export async function privateMixture<C extends Columns>(
  table: Table<C>,
  options: PrivateMixtureOptions<C>,
): Promise<PrivateMixture<C>> {
  const where = 'privateMixture';
  requireGivenOptions<object>(where, options, names);
  const { ledger, columns: known, seed, epsilon, classes = 10, bins = 20, signal, onProgress } = options;
  const { iterations = classes === 1 ? 1 : 10 } = options;
  requireLedger(where, 'ledger', ledger);
  requireGivenSeed(where, seed);
  if (epsilon !== undefined) requirePositive(where, 'epsilon', epsilon);
  for (const [name, value] of Object.entries({ classes, iterations, bins })) requirePositiveInteger(where, name, value);
  requireFunction(where, 'onProgress', onProgress);
  const pause = pauseFor(where, signal);
  requireRows(where, table, ledger);
  const declared = readDeclared(where, table, known);
  const plan = planNoise(where, declared, { ledger, iterations, epsilon });
  ledger.spend(plan.entries);
  const rng = createRng(seed);
  const columns = await findColumns(where, declared, { bins, plan, rng: rng.stream('states') }, pause);
  const mixture = startClasses(columns, classes, rng.stream('start'));
  const { normal } = rng.stream('classes');
  // An id that is not known says nothing here.
  const rows = (await codeRows(columns, table, pause)).map((state) => Math.max(-1, state));
  for (let iteration = 1; iteration <= iterations; iteration += 1) {
    const tally = await tallyRows(rows, columns.length, mixture, pause);
    addNoise(tally, plan.tallyDeviation, normal);
    estimateClasses(tally, columns, mixture);
    await onProgress?.({ iteration, iterations });
  }
  const model = modelOfRows<C>(columns, mixtureDistribution(columns, mixture));
  return { ...model, classShares: mixture.shares.slice(), privacy: ledger.state() };
}

function requireRows(where: string, table: Table, { delta }: PrivacyLedger): void {
  requireTable(where, table);
  if (table.length === 0) refuseEmpty(where, 'table', 'no rows');
  if (delta * table.length >= 1) refuse(where, 'ledger.delta', 'be below one over the number of rows', delta);
}

interface Finding {
  readonly bins: number;
  readonly plan: NoisePlan;
  readonly rng: Rng;
}

function findColumns(
  where: string,
  declared: readonly Declared[],
  { bins, plan, rng }: Finding,
  pause: () => Promise<void>,
): Promise<PrivateColumn[]> {
  const noise = { deviation: plan.stateDeviation, delta: plan.stateDelta, normal: rng.normal };
  return privateColumns(where, declared, { bins, noise }, pause);
}

/** How much of a class at the start is the state that it begins with; the rest is the whole table. */
const ownShare = 0.3;

// Each class begins with a row that is drawn column by column by what is known of them, not with a row of the table.
function startClasses(columns: readonly PrivateColumn[], classes: number, rng: Rng): Mixture {
  const states = columns.reduce((sum, { shares }) => sum + shares.length, 0);
  const mixture = {
    classes,
    shares: new Float64Array(classes).fill(1 / classes),
    chances: new Float64Array(states * classes),
  };
  for (const { base, shares } of columns) {
    const sums = runningSums(Float64Array.from(shares));
    for (const [state, share] of shares.entries()) {
      mixture.chances.fill((1 - ownShare) * share, (base + state) * classes, (base + state + 1) * classes);
    }
    for (let k = 0; k < classes; k += 1) {
      mixture.chances[(base + drawPlace(sums, 0, sums.length, rng)) * classes + k]! += ownShare;
    }
  }
  return mixture;
}
