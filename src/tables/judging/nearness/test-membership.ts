import type { Columns } from '../../../data/table/column.js';
import type { Table } from '../../../data/table/table.js';
import { type OptionNames, requireGivenOptions } from '../../../internal/options.js';
import { inStretches, piecemeal } from '../../../internal/pieces.js';
import { requireSeed, requireWholeNumber } from '../../../internal/require.js';
import { pauseFor } from '../../../internal/signal.js';
import { createRng } from '../../../random/rng.js';
import { areaUnderCurve, meanArea } from '../../../statistics/area-under-curve.js';
import type { Estimate } from '../../../statistics/estimate.js';
import { wilsonInterval } from '../../../statistics/wilson.js';
import { drawRows, requireJudged } from '../judged-tables.js';
import { nearestDistance, type RowPoints, rowPoints } from './row-points.js';

/** Options of {@link testMembership}. */
export interface TestMembershipOptions<C extends Columns> {
  /** The rows that the model was learned from: members. */
  readonly real: Table<C>;
  /** Real rows that it was not learned from: no members. */
  readonly heldOut: Table<C>;
  /** Most rows of each kind whose nearest is looked for, from 20 to 100,000. Default 2,000. */
  readonly rows?: number;
  /** Chooses the rows. Default 0. */
  readonly seed?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What {@link testMembership} found. */
export interface Membership {
  /** Virtual rows whose nearest were looked for, and members, and others. */
  readonly rows: number;
  /**
   * Share of virtual rows that are closer to a row learned from than to any of as many held-out rows, a tie counting half, with
   * Wilson's 95% interval: 0.5 where nothing was learned by heart.
   */
  readonly closer: Required<Estimate>;
  /**
   * Area under the ROC curve of the attack, with DeLong's 95% interval: how likely a row learned from is closer to its nearest virtual row
   * than a held-out row is to its own. 0.5 where nothing leaks, 1 where everybody is found out.
   */
  readonly attack: Required<Estimate>;
}

const names: OptionNames<TestMembershipOptions<Columns>> = {
  real: true,
  heldOut: true,
  rows: true,
  seed: true,
  signal: true,
};

const leastRows = 20;
const mostRows = 1e5;

/** Rows of a table among which the nearest are looked for. */
const mostOthers = 20_000;

/**
 * Looks for rows that were learned by heart, by distances to the nearest row, and attacks the virtual table as somebody would who wants to
 * know whether a row was learned from.
 *
 *     distance = mean over columns of: |difference| / range in `real`, at most 1, of numbers; 0 or 1 of ids and missing values
 *
 * Of larger tables 20,000 rows each are drawn to look among. A weak attack that fails proves nothing: what is stated of privacy needs a
 * model that was made for it. One that succeeds proves a leak.
 *
 * @param virtual - Rows of a model, 20 or more.
 * @param options - The real rows, 20 or more of each kind.
 * @returns Both measures.
 * @throws RangeError when a table has too few rows or lacks a column of `real`, `heldOut` is `real`, or an option is wrong.
 * @see Park et al., "Data Synthesis based on Generative Adversarial Networks" (2018), for the distance to the closest record; Hilprecht,
 *   Härterich and Bernau, "Monte Carlo and Reconstruction Membership Inference Attacks against Generative Models" (2019)
 * @example
 * const csv = `country,price\n${Array.from({ length: 200 }, (_, row) => `UK,${(row * 37) % 1009}`).join('\n')}\n`;
 * const orders = parseTable(csv, { country: categoryColumn(), price: numberColumn() });
 * const { train, test } = splitTable(orders, { testShare: 0.5, seed: 1 });
 * const virtual = await (await bootstrapRows(train)).sample(400, { seed: 1 });
 * const { closer, attack } = await testMembership(virtual, { real: train, heldOut: test });
 * closer.value; // 1: every virtual row is a real one
 * attack.interval[0] > 0.9; // true
 */
export async function testMembership<C extends Columns>(
  virtual: Table<C>,
  options: TestMembershipOptions<C>,
): Promise<Membership> {
  const where = 'testMembership';
  requireGivenOptions(where, options, names);
  const { real, heldOut, rows: most = 2000, seed = 0, signal } = options;
  requireWholeNumber(where, 'rows', most, leastRows, mostRows);
  requireSeed(where, seed);
  const pause = pauseFor(where, signal);
  await requireJudged(where, { virtual, real, heldOut }, leastRows, 'or shares of them say nothing', pause);
  const others = Math.min(mostOthers, real.length, heldOut.length);
  const draw = (name: string, table: Table<C>, count: number) =>
    drawRows(table, count, createRng(seed).stream(name), pause);
  const drawn = [
    await draw('virtual', virtual, Math.min(mostOthers, virtual.length)),
    await draw('real', real, others),
    await draw('held out', heldOut, others),
  ];
  const [made, members, strangers] = (await rowPoints(real, drawn, pause)) as [RowPoints, RowPoints, RowPoints];
  const rows = Math.min(most, made.length, others);
  const nearest = (from: RowPoints, to: RowPoints) => distances(from, to, rows, pause);
  const [toMember, toStranger] = [await nearest(made, members), await nearest(made, strangers)];
  let hits = 0;
  for (let row = 0; row < rows; row += 1) hits += (1 + Math.sign(toStranger[row]! - toMember[row]!)) / 2;
  const [ofMembers, ofStrangers] = [await nearest(members, made), await nearest(strangers, made)];
  const attack = await areaUnderCurve(
    ofMembers.map((distance) => -distance),
    ofStrangers.map((distance) => -distance),
    pause,
  );
  return { rows, closer: { value: hits / rows, interval: wilsonInterval(hits, rows) }, attack: meanArea([attack]) };
}

async function distances(
  from: RowPoints,
  to: RowPoints,
  count: number,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const found = new Float64Array(count);
  const visit = (first: number, end: number) => {
    for (let row = first; row < end; row += 1) found[row] = nearestDistance(from, row, to) / to.width;
  };
  const stretch = Math.max(1, Math.floor(2 ** 18 / (to.length * to.width)));
  await piecemeal(inStretches(count, visit, stretch), pause);
  return found;
}
