import type { Rng } from '../../random/rng.js';
import { rowKey } from '../coding/row-key.js';
import type { CodedTableColumn } from '../coding/table-coding.js';
import type { AllowedCells } from '../conditions.js';
import type { DistributionState, RowDistribution } from '../model-of-rows.js';
import { cellChances } from './cell-chances.js';
import { type LatentColumn, placeOfLatent } from './latent-column.js';
import { type LatentRows, latentMean, latentRows } from './latent-rows.js';
import { type AllowedPlaces, type LatentRow, roomForRow, rowWalks, walk } from './latent-walk.js';
import { lattice } from './lattice.js';

type Pause = () => Promise<void>;

/** Walks by which the probability of conditions on several columns is estimated. */
const conditionWalks = 4096;

/** The rows of a Gaussian copula. */
export function copulaDistribution(
  columns: readonly CodedTableColumn[],
  latent: readonly LatentColumn[],
  correlations: Float64Array,
): RowDistribution {
  // Columns with conditions come first: the others follow from their latent numbers.
  const open = async (allowed: readonly AllowedCells[]) => {
    const [first, others] = [true, false].map((is) =>
      [...columns.keys()].filter((place) => allowed[place]!.isConditioned === is),
    ) as [number[], number[]];
    const places = first.map((column) => allowedPlaces(latent[column]!, allowed[column]!));
    return { rows: await latentRows(latent, correlations, [...first, ...others]), places };
  };
  return {
    state: () => stateOfCopula(latent, correlations),
    async probability(allowed, pause) {
      const { rows, places } = await open(allowed);
      return (await weigh(rows, places, pause)).mean;
    },
    async draw(count, allowed, rng, pause) {
      const { rows, places } = await open(allowed);
      const bound = (await weigh(rows, places, pause)).greatest;
      const cells = columns.map(() => new Float64Array(count));
      const visit = (row: number, drawn: LatentRow) => {
        for (const [at, column] of rows.order.entries()) {
          const state = rows.latent[at]!.order[drawn.places[at]!]!;
          cells[column]![row] = allowed[column]!.draw(state, rng);
        }
      };
      await drawRows(rows, places, { count, bound, rng, visit }, pause);
      return cells;
    },
    chances: (states, column, pause) => cellChances(columns, { latent, correlations }, states, column, pause),
    logProbability: async (states, pause) =>
      logProbabilities(columns, await latentRows(latent, correlations, [...columns.keys()]), states, pause),
  };
}

function stateOfCopula(latent: readonly LatentColumn[], correlations: Float64Array): DistributionState {
  const orders = latent.map(({ order }, place) => [
    `orders/${place}`,
    { shape: [order.length], values: Int32Array.from(order) },
  ]);
  const tensors = {
    correlations: { shape: [latent.length, latent.length], values: correlations },
    ...Object.fromEntries(orders),
  };
  return { kind: 'copula', description: {}, tensors };
}

function allowedPlaces({ placeOf }: LatentColumn, { shares }: AllowedCells): AllowedPlaces {
  const states = [...shares.keys()].filter((state) => shares[state]! > 0);
  return {
    places: Int32Array.from(states, (state) => placeOf[state]!),
    shares: Float64Array.from(states, (state) => shares[state]!),
  };
}

// Mean and greatest of the weights on a lattice: the same each time.
async function weigh(
  rows: LatentRows,
  places: readonly AllowedPlaces[],
  pause: Pause,
): Promise<{ readonly mean: number; readonly greatest: number }> {
  // The probability of one column's states is exact, whatever the point.
  const walks = places.length > 1 ? conditionWalks : 1;
  const uniform = lattice(places.length);
  const row = roomForRow(places.length);
  let [sum, greatest] = [0, 0];
  for (let point = 0; point < walks; point += 1) {
    const weight = walk(rows, places, (column) => uniform(point, column), row);
    sum += weight;
    greatest = Math.max(greatest, weight);
    await pause();
  }
  return { mean: sum / walks, greatest };
}

/** Which rows to draw. */
interface Draw {
  readonly count: number;
  /** The greatest weight of a row. */
  readonly bound: number;
  readonly rng: Rng;
  readonly visit: (row: number, drawn: LatentRow) => void;
}

async function drawRows(
  rows: LatentRows,
  places: readonly AllowedPlaces[],
  { count, bound, rng, visit }: Draw,
  pause: Pause,
): Promise<void> {
  const drawn = roomForRow(rows.order.length);
  const uniform = () => 1 - rng.uniform();
  let greatest = bound;
  for (let row = 0; row < count; ) {
    const weight = walk(rows, places, uniform, drawn);
    await pause();
    // The greatest weight so far stands for its bound (Caffo, Booth and Davis, "Empirical supremum rejection sampling", 2002).
    greatest = Math.max(greatest, weight);
    if (rng.uniform() * greatest >= weight) continue;
    for (let column = places.length; column < rows.order.length; column += 1) {
      const own = rng.normal();
      const mean = latentMean(rows, column, drawn.independent);
      drawn.independent[column] = own;
      const scale = rows.factor[column * (rows.order.length + 1)]!;
      drawn.places[column] = placeOfLatent(rows.latent[column]!, mean + scale * own);
    }
    visit(row, drawn);
    row += 1;
  }
}

async function logProbabilities(
  columns: readonly CodedTableColumn[],
  rows: LatentRows,
  states: Int32Array,
  pause: Pause,
): Promise<Float64Array> {
  const width = columns.length;
  const uniform = lattice(width);
  const room = roomForRow(width);
  const known = new Map<string, number>();
  const probability = (row: number) => {
    const own = states.subarray(row * width, (row + 1) * width);
    if (own.includes(-2)) return 0;
    const allowed = columns.map((column, at) => placesOfState(rows.latent[at]!, own[at]! - column.base));
    let sum = 0;
    for (let point = 0; point < rowWalks; point += 1)
      sum += walk(rows, allowed, (column) => uniform(point, column), room);
    return sum / rowWalks;
  };
  const logs = new Float64Array(states.length / width);
  for (let row = 0; row < logs.length; row += 1) {
    const key = rowKey(states, row, width);
    const log = known.get(key) ?? Math.log(probability(row));
    known.set(key, log);
    logs[row] = log;
    await pause();
  }
  return logs;
}

// A negative state says nothing: all are allowed.
function placesOfState({ placeOf }: LatentColumn, state: number): AllowedPlaces {
  if (state >= 0) return { places: [placeOf[state]!], shares: [1] };
  return { places: placeOf, shares: new Float64Array(placeOf.length).fill(1) };
}
