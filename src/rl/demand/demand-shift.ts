import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requirePositiveInteger, requireSeed } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { createRng } from '../../random/rng.js';
import { mean } from '../../statistics/moments.js';
import { requireSeries } from './empirical-demand.js';

/** Options of {@link demandShift}. */
export interface DemandShiftOptions {
  /** Share of false alarms that is put up with, above 0 and below 1. Default 0.05. */
  readonly level?: number;
  /** Periods that are kept together, since they depend on each other: 7 days hold each weekday once. Default 7. */
  readonly blockLength?: number;
  /** Fixes the rearrangements; any safe integer. Default 0. */
  readonly seed?: number;
  /** Stops the work: the promise then rejects with its reason. */
  readonly signal?: AbortSignal;
}

const optionNames: OptionNames<DemandShiftOptions> = { level: true, blockLength: true, seed: true, signal: true };

/** What {@link demandShift} found. */
export interface DemandShift {
  /** Whether recent demand has left what was learned from: `pValue <= level`. */
  readonly hasShifted: boolean;
  /** How often blocks that are all alike would lie as far apart by chance. */
  readonly pValue: number;
  /** Mean demand per period of what was learned from. */
  readonly meanBefore: number;
  /** Mean demand per period of late. */
  readonly meanRecent: number;
  /** It in words, to be shown to who orders. */
  readonly message: string;
}

const where = 'demandShift';
const rearrangements = 999;
const mostPeriods = 100_000;

/**
 * Warns when recent demand has left what a policy was learned on, in level or in spread: then learn it again before it is trusted.
 *
 *     distance = sum over values x of (F_before(x) - F_recent(x))^2 (next value - x)
 *
 * A permutation test: both series are cut into blocks, these are dealt out anew 999 times, and the p-value is the share of deals that lie
 * at least as far apart as what happened. Where blocks are exchangeable, that is where nothing has changed and what lies a block apart does not
 * depend on each other, alarms are false in at most `level` of all calls, whatever the distribution and the weekdays. Asked every
 * week, that is one false alarm in twenty weeks at 0.05, and one in two years at 0.01. A season that the history has not seen is a
 * shift too.
 *
 * @param before - The periods that were learned from, in order.
 * @param recent - The periods that came behind them. Of both, first periods that fill no whole block are left out.
 * @returns Whether it has shifted, and how sure that is.
 * @throws RangeError when an option is unknown or out of range, a series holds what is no number in [0, 1000000], or both are so short
 *   that no demand could raise an alarm at this level; the reason of `signal`.
 * @see Good, "Permutation, Parametric, and Bootstrap Tests of Hypotheses" (2005)
 * @example
 * const before = Array.from({ length: 140 }, (_, day) => [3, 5, 4, 6, 8, 2, 0][day % 7]! + ((day * 5) % 3));
 * const recent = before.slice(0, 14).map((units) => 2 * units);
 * const { hasShifted, message } = await demandShift(before, recent);
 * hasShifted; // true
 */
export async function demandShift(
  before: ArrayLike<number>,
  recent: ArrayLike<number>,
  options: DemandShiftOptions = {},
): Promise<DemandShift> {
  requireOptions(where, options, optionNames);
  const { level = 0.05, blockLength = 7, seed = 0, signal } = options;
  const pause = pauseFor(where, signal);
  if (!(level > 0 && level < 1)) refuse(where, 'level', 'lie above 0 and below 1', level);
  requirePositiveInteger(where, 'blockLength', blockLength);
  requireSeed(where, seed);
  const [old, late] = [blocksOf('before', before, blockLength), blocksOf('recent', recent, blockLength)];
  requireEnough(old.length, late.length, level);
  const blocks = rankedBlocks([...old, ...late]);
  const happened = distance(blocks, Array.from(old.keys()));
  const rng = createRng(seed).stream('rearrangements');
  let asFar = 1;
  for (let deal = 0; deal < rearrangements; deal += 1) {
    await pause();
    const places = rng.permutation(blocks.blocks.length).slice(0, old.length);
    // What differs by rounding alone counts as equal.
    if (distance(blocks, places) >= happened * (1 - 1e-9)) asFar += 1;
  }
  const pValue = asFar / (rearrangements + 1);
  const found = { hasShifted: pValue <= level, pValue, meanBefore: mean(old.flat()), meanRecent: mean(late.flat()) };
  return { ...found, message: inWords(found, level) };
}

function blocksOf(name: string, series: ArrayLike<number>, length: number): number[][] {
  const units = Array.from(requireSeries(where, name, series));
  if (units.length < length) refuse(where, name, `hold a block of ${length} periods`, units.length);
  if (units.length > mostPeriods) refuse(where, name, `hold at most ${mostPeriods} periods`, units.length);
  const left = units.length % length;
  return Array.from({ length: (units.length - left) / length }, (_, block) =>
    units.slice(left + block * length, left + (block + 1) * length),
  );
}

// The least p-value is one in the number of deals.
function requireEnough(old: number, late: number, level: number): void {
  let deals = 1;
  for (let place = 1; place <= Math.min(old, late) && deals <= 1 / level; place += 1) {
    deals *= (old + late - place + 1) / place;
  }
  if (Math.max(1 / deals, 1 / (rearrangements + 1)) > level) {
    const rule = `be so many periods that ${old} and ${late} blocks could be told apart at a level of ${level}`;
    refuse(where, 'recent', rule, late);
  }
}

interface RankedBlocks {
  /** Places of each block's periods among the values that differ. */
  readonly blocks: readonly Int32Array[];
  /** From each value to the next. */
  readonly steps: Float64Array;
}

function rankedBlocks(blocks: readonly (readonly number[])[]): RankedBlocks {
  const values = [...new Set(blocks.flat())].sort((one, other) => one - other);
  const placeOf = new Map(values.map((value, place) => [value, place]));
  return {
    blocks: blocks.map((block) => Int32Array.from(block, (units) => placeOf.get(units)!)),
    steps: Float64Array.from(values, (value, place) => (values[place + 1] ?? value) - value),
  };
}

function distance({ blocks, steps }: RankedBlocks, first: ArrayLike<number>): number {
  const isFirst = new Uint8Array(blocks.length);
  for (let place = 0; place < first.length; place += 1) isFirst[first[place]!] = 1;
  const [one, other] = [first.length * blocks[0]!.length, (blocks.length - first.length) * blocks[0]!.length];
  const difference = new Float64Array(steps.length);
  blocks.forEach((block, place) => {
    const share = isFirst[place] ? 1 / one : -1 / other;
    for (const value of block) difference[value]! += share;
  });
  let [sum, gap] = [0, 0];
  steps.forEach((step, place) => {
    gap += difference[place]!;
    sum += gap * gap * step;
  });
  return sum;
}

function inWords({ hasShifted, pValue, meanBefore, meanRecent }: Omit<DemandShift, 'message'>, level: number): string {
  const means = `${meanRecent.toFixed(2)} per period of late, ${meanBefore.toFixed(2)} before`;
  return hasShifted
    ? `Recent demand has left what was learned from (${means}; p = ${pValue.toFixed(3)}, at most ${level}): learn again.`
    : `Recent demand cannot be told from what was learned from (${means}; p = ${pValue.toFixed(3)}, above ${level}).`;
}
