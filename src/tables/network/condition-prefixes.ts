import { createRng } from '../../random/rng.js';
import type { AllowedCells } from '../conditions.js';
import { runningSums } from '../draw-place.js';
import { type OpenNetwork, rowsInPass } from './open-network.js';

/** Cells that fulfil conditions, and how likely each combination of their states is. */
export interface ConditionPrefixes {
  /** `[P, D]`: the states of the columns with a condition; the others are unknown. */
  readonly cells: Int32Array;
  /** `[P]`: the probability of each. */
  readonly weights: Float64Array;
}

/** Combinations that are kept apart; of more so many are drawn. */
const mostPrefixes = 2 ** 14;

/**
 * Goes through the columns with a condition, those with the fewest allowed states first, and after that in the table's order:
 *
 *     weight(s1, ..., sk) = weight(s1, ..., s(k-1)) * p(sk | s1, ..., s(k-1)) * share of state sk that is allowed
 *
 * Their sum is the probability of the conditions. Where there are more than 16,384 combinations, so many are drawn among them,
 * each as often as its weight says (systematic resampling), which leaves the expected sum as it is.
 *
 * @see Doucet and Johansen, "A Tutorial on Particle Filtering and Smoothing" (2009), sections 3.3 and 3.5
 */
export async function conditionPrefixes(
  network: OpenNetwork,
  allowed: readonly AllowedCells[],
  pause: () => Promise<void>,
  most = mostPrefixes,
): Promise<ConditionPrefixes> {
  const rng = createRng(0).stream('conditions');
  const states = (place: number) => allowed[place]!.shares.reduce((sum, share) => sum + (share > 0 ? 1 : 0), 0);
  const places = [...allowed.keys()].filter((place) => allowed[place]!.isConditioned);
  const order = places.map((place) => ({ place, count: states(place) })).sort((one, other) => one.count - other.count);
  let prefixes: ConditionPrefixes = {
    cells: Int32Array.from(allowed, (_, place) => network.unknown(place)),
    weights: Float64Array.of(1),
  };
  for (const { place, count } of order) {
    const longer = await lengthen(network, prefixes, { place, count, shares: allowed[place]!.shares }, pause);
    prefixes = longer.weights.length > most ? resample(longer, most, rng.uniform()) : longer;
  }
  return prefixes;
}

/** A column with a condition. */
interface Stage {
  readonly place: number;
  /** States that are allowed, at least in part. */
  readonly count: number;
  readonly shares: Float64Array;
}

async function lengthen(
  network: OpenNetwork,
  { cells, weights }: ConditionPrefixes,
  { place, count, shares }: Stage,
  pause: () => Promise<void>,
): Promise<ConditionPrefixes> {
  const width = cells.length / weights.length;
  const base = network.base(place);
  const longer = { cells: new Int32Array(cells.length * count), weights: new Float64Array(weights.length * count) };
  let next = 0;
  for (let from = 0; from < weights.length; from += rowsInPass) {
    const block = cells.subarray(from * width, (from + rowsInPass) * width);
    const chances = await network.chances(block, place);
    for (let row = 0; row * width < block.length; row += 1) {
      for (const [state, share] of shares.entries()) {
        if (share === 0) continue;
        longer.cells.set(block.subarray(row * width, (row + 1) * width), next * width);
        longer.cells[next * width + place] = base + state;
        longer.weights[next] = weights[from + row]! * share * chances[row * shares.length + state]!;
        next += 1;
      }
    }
    await pause();
  }
  return longer;
}

function resample({ cells, weights }: ConditionPrefixes, most: number, start: number): ConditionPrefixes {
  const width = cells.length / weights.length;
  const sums = runningSums(weights.slice());
  const total = sums.at(-1)!;
  const kept = { cells: new Int32Array(most * width), weights: new Float64Array(most).fill(total / most) };
  let place = 0;
  for (let turn = 0; turn < most; turn += 1) {
    const target = ((turn + start) / most) * total;
    while (place < sums.length - 1 && sums[place]! <= target) place += 1;
    kept.cells.set(cells.subarray(place * width, (place + 1) * width), turn * width);
  }
  return kept;
}
