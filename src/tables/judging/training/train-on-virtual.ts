import { tableRows } from '../../../data/splits/table-rows.js';
import type { Columns } from '../../../data/table/column.js';
import type { Table } from '../../../data/table/table.js';
import { type OptionNames, requireGivenOptions } from '../../../internal/options.js';
import { refuse, requireSeed, requireWholeNumber } from '../../../internal/require.js';
import { pauseFor } from '../../../internal/signal.js';
import { createRng } from '../../../random/rng.js';
import type { Estimate } from '../../../statistics/estimate.js';
import { growTrees, scoreRows } from '../../../trees/boosted-trees.js';
import { tableFeatures } from '../detecting/table-features.js';
import { drawRows, requireJudged } from '../judged-tables.js';
import { type PredictionMeasure, type PredictionTask, predictionTask } from './prediction-task.js';
import { type PredictionTarget, type ReadTarget, readTarget } from './target.js';

/** Options of {@link trainOnVirtual}. */
export interface TrainOnVirtualOptions<C extends Columns> {
  /** The rows that the model was learned from. */
  readonly real: Table<C>;
  /** Real rows that it was not learned from: the test. */
  readonly heldOut: Table<C>;
  /**
   * What is to be foretold from the other columns: a column, or conditions on some, such as `{ pieces: { from: 12 } }`: whether a
   * row fulfils them.
   */
  readonly target: PredictionTarget<C>;
  /** Most rows of each table, from 60 to 1,000,000; of larger ones so many are drawn. Default 20,000. */
  readonly rows?: number;
  /** Chooses the rows. Default 0. */
  readonly seed?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** How well a target is foretold on held-out rows, by one measure. */
export interface PredictionScore {
  /**
   * Of a target with two values the area under the ROC curve; of one with several the accuracy and the log loss, in nats, over the 10
   * commonest and all others together; of a number R squared and the mean absolute error, in its own unit.
   */
  readonly measure: PredictionMeasure;
  /** Which is better. */
  readonly best: 'higher' | 'lower';
  /** Learned from virtual rows. */
  readonly virtual: Required<Estimate>;
  /** Learned from as many real rows: what virtual rows as good as real ones would get. */
  readonly real: Required<Estimate>;
  /** Without any column: one answer for all rows, that of the real table. */
  readonly constant: number;
}

/** What {@link trainOnVirtual} found. */
export interface VirtualTraining {
  /** The target, in words. */
  readonly target: string;
  /** Rows learned from, of each kind. */
  readonly rows: number;
  /** Held-out rows. */
  readonly tested: number;
  /** By each measure. */
  readonly scores: readonly PredictionScore[];
}

const names: OptionNames<TrainOnVirtualOptions<Columns>> = {
  real: true,
  heldOut: true,
  target: true,
  rows: true,
  seed: true,
  signal: true,
};

const leastRows = 60;
const mostRows = 1e6;

/** Errors of larger numbers have no squares. */
const mostNumber = 1e150;

/**
 * Trains boosted trees on virtual rows and tests them on real ones that were held out, beside the same trees trained on as many
 * real rows: whether virtual rows can stand for real ones where something is learned from them.
 *
 * The trees (100 rounds of 31 leaves of 20 rows or more, learning rate 0.1) see all columns but those of the target. Rows whose target is missing
 * are left out. Intervals are 95%, for other test rows: DeLong's of areas, Wilson's of accuracies, of the others by the normal approximation.
 *
 * @param virtual - Rows of a model, 60 or more with a value of the target.
 * @param options - The real rows, 60 or more of each kind with a value of the target, and the target.
 * @returns The scores.
 * @throws RangeError when a table has too few rows or lacks a column of `real`, the target is not there, is the same in all rows of
 *   `real` or `heldOut`, has numbers beyond 1e150, or leaves no column to learn from, when `heldOut` is `real`, or an option is wrong.
 * @see Esteban, Hyland and Rätsch, "Real-valued (Medical) Time Series Generation with Recurrent Conditional GANs" (2017), section 4
 * @example
 * const line = (_: unknown, row: number) => (row % 3 === 0 ? 'France,12' : `UK,${1 + (row % 2)}`);
 * const csv = `country,pieces\n${Array.from({ length: 600 }, line).join('\n')}\n`;
 * const orders = parseTable(csv, { country: categoryColumn(), pieces: countColumn() });
 * const { train, test } = splitTable(orders, { testShare: 0.5, seed: 1 });
 * const virtual = await (await independentColumns(train)).sample(300, { seed: 1 });
 * const { scores } = await trainOnVirtual(virtual, { real: train, heldOut: test, target: { pieces: { from: 12 } } });
 * scores[0].real.value; // 1: the country tells
 * scores[0].virtual.interval[0] < 0.7; // true: in virtual rows the country does not tell
 * scores[0].constant; // 0.5
 */
export async function trainOnVirtual<C extends Columns>(
  virtual: Table<C>,
  options: TrainOnVirtualOptions<C>,
): Promise<VirtualTraining> {
  const where = 'trainOnVirtual';
  requireGivenOptions(where, options, names);
  const { real, heldOut, target: given, rows: most = 20_000, seed = 0, signal } = options;
  requireWholeNumber(where, 'rows', most, leastRows, mostRows);
  requireSeed(where, seed);
  const pause = pauseFor(where, signal);
  await requireJudged(where, { virtual, real, heldOut }, leastRows, 'or trees find nothing to split', pause);
  const target = readTarget(where, real, given);
  const whole = {
    virtual: await answeredRows(where, 'virtual', virtual, target, pause),
    real: await answeredRows(where, 'real', real, target, pause),
    heldOut: await answeredRows(where, 'heldOut', heldOut, target, pause),
  };
  const rows = Math.min(most, whole.virtual.length, whole.real.length);
  const tested = Math.min(most, whole.heldOut.length);
  const draw = (name: keyof typeof whole) =>
    drawRows(whole[name], name === 'heldOut' ? tested : rows, createRng(seed).stream(name), pause);
  const drawn = { virtual: await draw('virtual'), real: await draw('real'), heldOut: await draw('heldOut') };
  requireVaried(where, 'real', target, target.valuesOf(drawn.real));
  const task = predictionTask(target.valuesOf(drawn.real), target.isNumber);
  requireVaried(where, 'heldOut', target, task.code(target.valuesOf(drawn.heldOut)));
  return { target: target.name, rows, tested, scores: await scoreTask(task, target, drawn, real, pause) };
}

// By each measure: learned from virtual rows, from real ones, and from no column.
async function scoreTask(
  task: PredictionTask,
  target: ReadTarget,
  { virtual, real, heldOut }: Readonly<Record<'virtual' | 'real' | 'heldOut', Table>>,
  like: Table,
  pause: () => Promise<void>,
): Promise<PredictionScore[]> {
  const seen = (table: Table): Table => {
    const columns = Object.entries(table.columns).filter(([name]) => !target.hidden.has(name));
    return { ...table, columns: Object.fromEntries(columns) };
  };
  const columnsOf = async (table: Table) =>
    (await tableFeatures(seen(like), seen(table), pause)).map(({ values }) => values);
  const test = await columnsOf(heldOut);
  const targets = task.code(target.valuesOf(heldOut));
  const learn = async (table: Table) => {
    const trees = await growTrees(
      await columnsOf(table),
      task.code(target.valuesOf(table)),
      { loss: task.loss },
      pause,
    );
    return scoreRows(trees, test, pause);
  };
  const [ofVirtual, ofReal] = [await learn(virtual), await learn(real)];
  const starts = task.loss.starts(task.code(target.valuesOf(real)));
  const ofNone = starts.map((start) => new Float64Array(targets.length).fill(start));
  const scores: PredictionScore[] = [];
  for (const { measure, best, of } of task.measures) {
    scores.push({
      measure,
      best,
      virtual: await of(targets, ofVirtual, pause),
      real: await of(targets, ofReal, pause),
      constant: (await of(targets, ofNone, pause)).value,
    });
  }
  return scores;
}

async function answeredRows<C extends Columns>(
  where: string,
  name: string,
  table: Table<C>,
  target: ReadTarget,
  pause: () => Promise<void>,
): Promise<Table<C>> {
  await pause();
  const values = target.valuesOf(table);
  await pause();
  const rows = Uint32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]!));
  if (rows.length < leastRows) {
    refuse(where, name, `have ${leastRows} rows or more with a value of \`target\``, rows.length);
  }
  const huge = target.isNumber ? values.find((value) => Math.abs(value) > mostNumber) : undefined;
  if (huge !== undefined) {
    refuse(where, `${name}.columns.${target.name}`, `hold numbers up to ${mostNumber}, whose squares are finite`, huge);
  }
  return rows.length === table.length ? table : tableRows(table, rows);
}

function requireVaried(where: string, name: string, target: ReadTarget, values: Float64Array): void {
  if (values.some((value) => value !== values[0])) return;
  refuse(where, 'target', `not be the same in all rows of \`${name}\``, target.name);
}
