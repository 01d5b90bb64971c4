import { refuse, requireSeed, requireWholeNumber } from '../../../internal/require.js';
import { createRng } from '../../../random/rng.js';
import { meanEstimate } from '../../../statistics/estimate.js';
import { type Features, type Pause, type Rows, readRows } from '../features/read-rows.js';
import { type MeasureOptions, openMeasure, type Score } from './measure-options.js';

/**
 * Inception score: are samples clearly of one class each, and all classes among them? From 1 to K, more is better.
 *
 *     exp(mean over samples of the sum over classes of p(class | sample) log(p(class | sample) / p(class)))
 *
 * It never looks at real samples: one perfect image a class, repeated, has the best score. By a classifier other than
 * Inception it compares only with scores by the same one.
 *
 * @param probabilities - `[M, K]`: what a classifier says of each generated sample; rows sum to 1.
 * @returns The mean over the parts, with the interval of that mean.
 * @throws RangeError when rows are no probabilities or there are fewer samples than parts.
 * @see Salimans et al., "Improved Techniques for Training GANs" (2016)
 * @example
 * (await inceptionScore(tensor2d([[1, 0], [1, 0], [1, 0], [1, 0]]), { splits: 2 })).value; // 1: all of one class
 */
export async function inceptionScore(
  probabilities: Features,
  options: MeasureOptions & {
    /** Parts into which the samples fall at random, each with a score of its own; at least 2. Default 10. */
    readonly splits?: number;
    /** Which samples make a part; any safe integer. Default 0. */
    readonly seed?: number;
  } = {},
): Promise<Score> {
  const where = 'inceptionScore';
  const pause = openMeasure(where, options, { splits: true, seed: true, signal: true });
  const { splits = 10, seed = 0 } = options;
  requireSeed(where, seed);
  const rows = await readRows(where, 'probabilities', probabilities, pause);
  await requireProbabilities(where, rows, pause);
  requireWholeNumber(where, 'splits', splits, 2, rows.count);
  const order = createRng(seed).stream('splits').permutation(rows.count);
  const scores: number[] = [];
  for (let split = 0; split < splits; split += 1) {
    const [from, to] = [split, split + 1].map((edge) => Math.floor((edge * rows.count) / splits));
    scores.push(await scoreOf(rows, order.subarray(from, to), pause));
  }
  return { ...meanEstimate(scores), samples: { real: 0, generated: rows.count } };
}

async function requireProbabilities(where: string, { values, count, size }: Rows, pause: Pause): Promise<void> {
  for (let row = 0; row < count; row += 1) {
    if (row % 64 === 0) await pause();
    const chances = values.subarray(row * size, (row + 1) * size);
    const sum = chances.reduce((total, chance) => total + chance, 0);
    const isRow = Math.abs(sum - 1) < 1e-3 && chances.every((chance) => chance >= 0);
    if (!isRow) refuse(where, 'probabilities', `hold rows of probabilities (first offender: row ${row})`, [...chances]);
  }
}

async function scoreOf({ values, size }: Rows, places: Uint32Array, pause: Pause): Promise<number> {
  const overall = new Float64Array(size);
  for (const place of places) {
    await pause();
    for (let kind = 0; kind < size; kind += 1) overall[kind]! += values[place * size + kind]! / places.length;
  }
  let divergence = 0;
  for (const place of places) {
    await pause();
    for (let kind = 0; kind < size; kind += 1) {
      const chance = values[place * size + kind]!;
      if (chance > 0) divergence += chance * Math.log(chance / overall[kind]!);
    }
  }
  return Math.exp(divergence / places.length);
}
