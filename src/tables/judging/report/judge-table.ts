import type { Columns } from '../../../data/table/column.js';
import type { Table } from '../../../data/table/table.js';
import { type OptionNames, requireGivenOptions } from '../../../internal/options.js';
import {
  refuse,
  requireFunction,
  requirePositiveInteger,
  requireSeed,
  requireWholeNumber,
} from '../../../internal/require.js';
import { pauseFor } from '../../../internal/signal.js';
import { createRng } from '../../../random/rng.js';
import { type Estimate, exactEstimate } from '../../../statistics/estimate.js';
import { wilsonInterval } from '../../../statistics/wilson.js';
import type { TableGenerator } from '../../table-model.js';
import { compareTables } from '../compare-tables.js';
import { detectVirtual } from '../detecting/detect-virtual.js';
import { leastDetectable } from '../detecting/tree-detector.js';
import { drawRows, requireJudged } from '../judged-tables.js';
import { testMembership } from '../nearness/test-membership.js';
import { type PredictionTarget, readTarget } from '../training/target.js';
import { trainOnVirtual } from '../training/train-on-virtual.js';
import { combineRuns, type MeasuredScore } from './combine-runs.js';
import { formatVerdict } from './format-verdict.js';
import type { TableVerdict, VerdictProgress } from './table-verdict.js';

/** Options of {@link judgeTable}. */
export interface JudgeTableOptions<C extends Columns> {
  /** The rows that the model was learned from. */
  readonly real: Table<C>;
  /** Real rows that it was not learned from. */
  readonly heldOut: Table<C>;
  /** What is to be foretold from the other columns, as {@link trainOnVirtual} has it. Default: nothing. */
  readonly target?: PredictionTarget<C>;
  /** Virtual tables that are drawn of a model. Default 3. */
  readonly seeds?: number;
  /** Most rows of each table, from 60 to 1,000,000. Default 20,000. */
  readonly rows?: number;
  /** The first seed; the others follow it. Default 0. */
  readonly seed?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called after every part, and waited for. What it throws ends the work. */
  readonly onProgress?: (progress: VerdictProgress) => void | Promise<void>;
}

const names: OptionNames<JudgeTableOptions<Columns>> = {
  real: true,
  heldOut: true,
  target: true,
  seeds: true,
  rows: true,
  seed: true,
  signal: true,
  onProgress: true,
};

/**
 * Judges virtual rows by all that minimart can judge them by, each score beside what real rows get: {@link compareTables},
 * {@link detectVirtual}, {@link testMembership} and, with a target, {@link trainOnVirtual}.
 *
 * Of a model several tables are drawn, and intervals are Student's over them: they say how much rows, folds and drawn real rows change the scores,
 * not another model or other held-out rows. Of a table, intervals are those of its measures.
 *
 * @param source - A model, or a table of virtual rows, 60 or more.
 * @param options - The real rows, 60 or more of each kind.
 * @returns The scores; its `table` is there to print.
 * @throws RangeError when a table has too few rows or lacks a column of `real`, `heldOut` is `real`, the target is not there or never varies, there are several
 *   seeds for a table, or an option is wrong.
 * @example
 * const line = (_: unknown, row: number) => (row % 3 === 0 ? 'France,12' : `UK,${1 + (row % 2)}`);
 * const csv = `country,pieces\n${Array.from({ length: 600 }, line).join('\n')}\n`;
 * const orders = parseTable(csv, { country: categoryColumn(), pieces: countColumn() });
 * const { train, test } = splitTable(orders, { testShare: 0.5, seed: 1 });
 * const verdict = await judgeTable(await independentColumns(train), { real: train, heldOut: test });
 * verdict.scores.find(({ name }) => name === 'trees')?.verdict; // 'worse'
 * verdict.table.split('\n')[0]; // '300 virtual rows from each of 3 seeds, beside 300 real ones that were held out.'
 */
export async function judgeTable<C extends Columns>(
  source: TableGenerator<C> | Table<C>,
  options: JudgeTableOptions<C>,
): Promise<TableVerdict> {
  const where = 'judgeTable';
  requireGivenOptions(where, options, names);
  const isModel = typeof (source as Partial<TableGenerator<C>> | undefined)?.sample === 'function';
  const { real, heldOut, target, seeds = isModel ? 3 : 1, rows: most = 20_000, seed = 0, signal, onProgress } = options;
  requirePositiveInteger(where, 'seeds', seeds);
  requireWholeNumber(where, 'rows', most, leastDetectable, 1e6);
  requireSeed(where, seed);
  requireFunction(where, 'onProgress', onProgress);
  if (!isModel && seeds > 1) refuse(where, 'seeds', 'be 1 where rows are given: only a model can draw others', seeds);
  const given = isModel ? real : (source as Table<C>);
  const pause = pauseFor(where, signal);
  await requireJudged(
    where,
    { virtual: given, real, heldOut },
    leastDetectable,
    'or trees find nothing to split',
    pause,
  );
  const read = target === undefined ? undefined : readTarget(where, real, target);
  const rows = Math.min(most, heldOut.length, ...(isModel ? [] : [given.length]));
  const parts = target === undefined ? 4 : 5;
  const runs: MeasuredScore[][] = [];
  for (let run = 0; run < seeds; run += 1) {
    const own = seed + run;
    const draw = (name: string, table: Table<C>) => drawRows(table, rows, createRng(own).stream(name), pause);
    const virtual = isModel
      ? await (source as TableGenerator<C>).sample(rows, { seed: own, ...(signal && { signal }) })
      : await draw('virtual', given);
    const report = countParts(run * parts, seeds * parts, onProgress);
    await report('rows');
    const tables = { real, heldOut: await draw('held out', heldOut) };
    runs.push(await judgeOnce(virtual, { ...tables, target, rows: most, seed: own, signal }, report));
  }
  const verdict: Omit<TableVerdict, 'table'> = {
    rows,
    seeds,
    ...(read && { target: read.name }),
    scores: combineRuns(runs),
  };
  return { ...verdict, table: formatVerdict(verdict) };
}

type Report = (part: VerdictProgress['part']) => Promise<void>;

function countParts(before: number, total: number, onProgress: JudgeTableOptions<Columns>['onProgress']): Report {
  let done = before;
  return async (part) => {
    done += 1;
    await onProgress?.({ part, done, total });
  };
}

interface RunOptions<C extends Columns> {
  readonly real: Table<C>;
  readonly heldOut: Table<C>;
  readonly target: PredictionTarget<C> | undefined;
  readonly rows: number;
  readonly seed: number;
  readonly signal: AbortSignal | undefined;
}

// Each score of one table.
async function judgeOnce<C extends Columns>(
  virtual: Table<C>,
  { real, heldOut, target, rows, seed, signal }: RunOptions<C>,
  report: Report,
): Promise<MeasuredScore[]> {
  const tables = { real, heldOut, ...(signal && { signal }) };
  const { shape, pair, copies } = await compareTables(virtual, tables);
  await report('columns and pairs');
  const { trees, logistic } = await detectVirtual(virtual, { ...tables, rows, seed });
  await report('detectors');
  const { closer, attack } = await testMembership(virtual, { ...tables, seed });
  await report('membership');
  const trained = target === undefined ? undefined : await trainOnVirtual(virtual, { ...tables, target, rows, seed });
  if (trained) await report('predictions');
  const half = exactEstimate(0.5);
  const share = (value: number): Estimate => ({
    value,
    interval: wilsonInterval(value * virtual.length, virtual.length),
  });
  return [
    { name: 'columns', best: 'higher', virtual: { value: shape.value }, real: { value: shape.heldOut } },
    { name: 'pairs', best: 'higher', virtual: { value: pair.value }, real: { value: pair.heldOut } },
    { name: 'trees', best: 'lower', virtual: plain(trees), real: trees.floor },
    { name: 'logistic', best: 'lower', virtual: plain(logistic), real: logistic.floor },
    { name: 'copies', best: 'lower', virtual: share(copies.value), real: share(copies.heldOut) },
    { name: 'closer', best: 'lower', virtual: closer, real: half },
    { name: 'attack', best: 'lower', virtual: attack, real: half },
    ...(trained?.scores ?? []).map(({ measure, ...score }) => ({ name: measure, ...score })),
  ];
}

function plain({ value, interval }: Required<Estimate>): Estimate {
  return { value, interval };
}
