import { openDoubles } from '../../linear-algebra/double-routines.js';
import { eigenvalues } from '../../linear-algebra/eigenvalues.js';
import { normalDensity } from '../../statistics/normal.js';
import type { TableCoding } from '../coding/table-coding.js';
import type { LatentColumn } from './latent-column.js';

/** Terms of the expansion. */
const terms = 100;

/** The greatest correlation, but for the sign. */
const most = 0.999;

/** The least eigenvalue that the matrix keeps. */
export const leastEigenvalue = 1e-6;

/**
 * The correlations of the latent numbers, `[D * D]`: those under which the means of two columns' states have, in the model, the
 * covariance that they have in the table.
 *
 * With Hermite's polynomials h, of which E[h_m(X) h_n(Y)] is rho^m for m = n and else 0 (Mehler 1866), that covariance is the sum of
 * rho^m a_m b_m. It rises with rho, since the means of either column rise.
 */
export async function latentCorrelations(
  coding: TableCoding,
  latent: readonly LatentColumn[],
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const size = latent.length;
  const expansions = latent.map(expand);
  const correlations = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    correlations[row * size + row] = 1;
    for (let column = 0; column < row; column += 1) {
      const observed = await covariance(coding, latent, row, column, pause);
      const found = solve(expansions[row]!, expansions[column]!, observed);
      correlations[row * size + column] = found;
      correlations[column * size + row] = found;
    }
  }
  return possible(correlations, size, pause);
}

async function covariance(
  { rows, length, columns }: TableCoding,
  latent: readonly LatentColumn[],
  a: number,
  b: number,
  pause: () => Promise<void>,
): Promise<number> {
  const width = columns.length;
  const [meansA, meansB] = [a, b].map((place) => byState(latent[place]!)) as [Float64Array, Float64Array];
  const [baseA, baseB] = [columns[a]!.base, columns[b]!.base];
  let sum = 0;
  for (let row = 0; row < length; row += 1) {
    sum += meansA[rows[row * width + a]! - baseA]! * meansB[rows[row * width + b]! - baseB]!;
    if (row % 2 ** 14 === 0) await pause();
  }
  return sum / length;
}

function byState({ means, placeOf }: LatentColumn): Float64Array {
  return Float64Array.from(placeOf, (place) => means[place]!);
}

// Coefficients of the step function of the means: the integral of h_m times the density is the difference of h_(m-1) times it.
function expand({ thresholds, means }: LatentColumn): Float64Array {
  const coefficients = new Float64Array(terms);
  for (let at = 1; at + 1 < thresholds.length; at += 1) {
    const z = thresholds[at]!;
    const step = means[at]! - means[at - 1]!;
    if (!Number.isFinite(z)) continue;
    let [before, own] = [0, normalDensity(z)];
    for (let m = 1; m < terms; m += 1) {
      coefficients[m]! += (step * own) / Math.sqrt(m);
      [before, own] = [own, (z * own - Math.sqrt(m - 1) * before) / Math.sqrt(m)];
    }
  }
  return coefficients;
}

function solve(a: Float64Array, b: Float64Array, observed: number): number {
  // A column that never varies goes with none.
  if (!(a.some(Boolean) && b.some(Boolean))) return 0;
  let [low, high] = [-most, most];
  for (let halving = 0; halving < 40; halving += 1) {
    const middle = (low + high) / 2;
    let sum = 0;
    for (let m = terms - 1; m >= 1; m -= 1) sum = middle * (sum + a[m]! * b[m]!);
    if (sum < observed) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

// Pairs that were found one by one need not go together: the matrix comes as near the identity as its least eigenvalue demands.
async function possible(correlations: Float64Array, size: number, pause: () => Promise<void>): Promise<Float64Array> {
  const least = await leastEigenvalueOf(correlations, size, pause);
  if (least >= leastEigenvalue) return correlations;
  const kept = (1 - leastEigenvalue) / (1 - least);
  return correlations.map((value, at) => (at % (size + 1) === 0 ? 1 : kept * value));
}

/** The least eigenvalue of correlations, `[D * D]`. */
export async function leastEigenvalueOf(
  correlations: Float64Array,
  size: number,
  pause: () => Promise<void>,
): Promise<number> {
  const [diagonal, beside, work] = [size * size, size * (size + 1), size * (size + 2)];
  const routines = await openDoubles(size * (size + 4));
  routines.memory.set(correlations);
  const values = await eigenvalues(routines, { matrix: 0, size, diagonal, beside, work }, pause);
  return values.reduce((a, b) => Math.min(a, b));
}
