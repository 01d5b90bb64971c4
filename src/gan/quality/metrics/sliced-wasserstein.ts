import { requireSeed, requireWholeNumber } from '../../../internal/require.js';
import { sortInParts } from '../../../internal/sort-in-parts.js';
import { createRng, type Rng } from '../../../random/rng.js';
import { meanEstimate } from '../../../statistics/estimate.js';
import { type Features, type Pause, type Rows, readBoth } from '../features/read-rows.js';
import { type MeasureOptions, openMeasure, type Score } from './measure-options.js';
import { openProducts, type Products } from './products.js';

/**
 * Sliced Wasserstein distance of two sets of features. 0 is best.
 *
 *     mean over random unit directions of the integral from 0 to 1 of |quantile of real - quantile of generated|
 *
 * Along one direction it is the distance that samples must be moved on average (Wasserstein-1). It takes in the whole
 * distribution along each direction, in the units of the features. Like the Fréchet distance it is greater for fewer
 * samples: compare equal sample sizes.
 *
 * @param real - `[N, D]`; samples of other shapes are laid out as rows.
 * @param generated - `[M, D]`.
 * @returns The distance; its interval covers the choice of directions, not chance in the samples.
 * @throws RangeError when there are not enough directions, the columns differ, or numbers are not finite.
 * @see Rabin et al., "Wasserstein Barycenter and Its Application to Texture Mixing" (2011)
 * @example
 * const real = tensor2d([[0], [1]]);
 * (await slicedWasserstein(real, tensor2d([[3], [2]]))).value; // 2
 */
export async function slicedWasserstein(
  real: Features,
  generated: Features,
  options: MeasureOptions & {
    /** Number of random directions, at least 2. Default 256. */
    readonly directions?: number;
    /** Fixes the directions; any safe integer. Default 0. */
    readonly seed?: number;
  } = {},
): Promise<Score> {
  const where = 'slicedWasserstein';
  const pause = openMeasure(where, options, { directions: true, seed: true, signal: true });
  const { directions = 256, seed = 0 } = options;
  requireSeed(where, seed);
  requireWholeNumber(where, 'directions', directions, 2);
  const rows = await readBoth(where, real, generated, pause);
  const slices = await drawDirections(directions, rows.real.size, createRng(seed).stream('directions'), pause);
  const products = await openProducts(rows.real.size, pause);
  const first = await project(slices, rows.real, products);
  const second = await project(slices, rows.generated, products);
  const distances: number[] = [];
  for (const [direction, line] of first.entries()) {
    distances.push(await lineDistance(line, second[direction]!, pause));
  }
  return { ...meanEstimate(distances), samples: { real: rows.real.count, generated: rows.generated.count } };
}

async function drawDirections(count: number, size: number, rng: Rng, pause: Pause): Promise<Rows> {
  const values = new Float32Array(count * size);
  for (let start = 0; start < values.length; start += size) {
    const direction = rng.fillNormal(values.subarray(start, start + size));
    await pause();
    const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
    for (let index = 0; index < size; index += 1) direction[index]! /= length;
  }
  return { values, count, size };
}

// For each direction the places of all rows along it, in order.
async function project(directions: Rows, rows: Rows, products: Products): Promise<Float32Array[]> {
  const lines = Array.from({ length: directions.count }, () => new Float32Array(rows.count));
  await products.visit(directions, rows, ({ dots, firstRow, rows: count, firstColumn, columns }) => {
    for (let row = 0; row < count; row += 1) {
      lines[firstRow + row]!.set(dots.subarray(row * columns, (row + 1) * columns), firstColumn);
    }
  });
  for (const line of lines) await sortInParts(line, products.pause);
  return lines;
}

// Both quantile functions are steps: walk from step to step, counting in units of 1 / (N M).
async function lineDistance(first: Float32Array, second: Float32Array, pause: Pause): Promise<number> {
  let [one, other, at, sum] = [0, 0, 0, 0];
  while (one < first.length) {
    if (one % 4096 === 0) await pause();
    const [oneEnds, otherEnds] = [(one + 1) * second.length, (other + 1) * first.length];
    const next = Math.min(oneEnds, otherEnds);
    sum += Math.abs(first[one]! - second[other]!) * (next - at);
    at = next;
    if (oneEnds === next) one += 1;
    if (otherEnds === next) other += 1;
  }
  return sum / (first.length * second.length);
}
