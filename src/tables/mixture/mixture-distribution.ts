import { piecemeal } from '../../internal/pieces.js';
import type { Rng } from '../../random/rng.js';
import type { CodedTableColumn } from '../coding/table-coding.js';
import type { AllowedCells } from '../conditions.js';
import { drawPlace, runningSums } from '../draw-place.js';
import type { DistributionState, RowDistribution } from '../model-of-rows.js';
import { type Mixture, visitRows, weighRow } from './mixture.js';

/** The rows of a mixture: conditions and rows given them by the classes' probabilities, exactly. */
export function mixtureDistribution(columns: readonly CodedTableColumn[], mixture: Mixture): RowDistribution {
  const width = columns.length;
  return {
    state: () => stateOfMixture(mixture),
    probability: (allowed) => classWeights(columns, mixture, allowed).reduce((sum, weight) => sum + weight, 0),
    async draw(count, allowed, rng, pause) {
      const sums = runningSums(classWeights(columns, mixture, allowed));
      const rowsOf = await drawClasses(sums, count, rng, pause);
      const cells = columns.map(() => new Float64Array(count));
      for (const [k, rows] of rowsOf) {
        for (const [place, column] of columns.entries()) {
          const chances = stateSums(column, mixture, k, allowed[place]!);
          for (const [turn, row] of rows.entries()) {
            const state = drawPlace(chances, 0, chances.length, rng);
            cells[place]![row] = allowed[place]!.draw(state, rng);
            if (turn % 2 ** 12 === 0) await pause();
          }
        }
      }
      return cells;
    },
    async chances(rows, column, pause) {
      const { base, states } = columns[column]!;
      const count = states.offsets.length - 1;
      const chances = new Float64Array((rows.length / width) * count);
      const posterior = new Float64Array(mixture.classes);
      const visit = (row: number) => {
        if (weighRow(mixture, rows, row * width, width, posterior) === Number.NEGATIVE_INFINITY) return;
        mixStates(mixture, base, posterior, chances.subarray(row * count, (row + 1) * count));
      };
      await piecemeal(visitRows(chances.length / count, mixture.classes * (width + count + 8), visit), pause);
      return chances;
    },
    async logProbability(rows, pause) {
      const logs = new Float64Array(rows.length / width);
      const posterior = new Float64Array(mixture.classes);
      const visit = (row: number) => {
        logs[row] = weighRow(mixture, rows, row * width, width, posterior);
      };
      await piecemeal(visitRows(logs.length, mixture.classes * (width + 8), visit), pause);
      return logs;
    },
  };
}

// The probabilities of a column's states, from those of the classes.
function mixStates({ classes, chances }: Mixture, base: number, posterior: Float64Array, mixed: Float64Array): void {
  for (let state = 0; state < mixed.length; state += 1) {
    const start = (base + state) * classes;
    let sum = 0;
    for (let k = 0; k < classes; k += 1) sum += posterior[k]! * chances[start + k]!;
    mixed[state] = sum;
  }
}

function stateOfMixture({ classes, shares, chances }: Mixture): DistributionState {
  const tensors = {
    shares: { shape: [classes], values: shares },
    chances: { shape: [chances.length / classes, classes], values: chances },
  };
  return { kind: 'mixture', description: { classes }, tensors };
}

// Share of each class times the probability that a row of it is allowed.
function classWeights(
  columns: readonly CodedTableColumn[],
  { classes, shares: classShares, chances }: Mixture,
  allowed: readonly AllowedCells[],
): Float64Array {
  const weights = classShares.slice();
  for (const [place, { base }] of columns.entries()) {
    const { isConditioned, shares } = allowed[place]!;
    if (!isConditioned) continue;
    const fulfilled = new Float64Array(classes);
    for (const [state, share] of shares.entries()) {
      if (share === 0) continue;
      for (let k = 0; k < classes; k += 1) fulfilled[k]! += share * chances[(base + state) * classes + k]!;
    }
    for (let k = 0; k < classes; k += 1) weights[k]! *= fulfilled[k]!;
  }
  return weights;
}

async function drawClasses(
  sums: Float64Array,
  count: number,
  rng: Rng,
  pause: () => Promise<void>,
): Promise<Map<number, number[]>> {
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < count; row += 1) {
    const k = drawPlace(sums, 0, sums.length, rng);
    const rows = rowsOf.get(k) ?? [];
    rows.push(row);
    rowsOf.set(k, rows);
    if (row % 2 ** 12 === 0) await pause();
  }
  return rowsOf;
}

// Running sums of the probabilities of a column's states in class k, as far as they are allowed.
function stateSums({ base }: CodedTableColumn, mixture: Mixture, k: number, { shares }: AllowedCells): Float64Array {
  const { classes, chances } = mixture;
  return runningSums(shares.map((share, state) => (share === 0 ? 0 : share * chances[(base + state) * classes + k]!)));
}
