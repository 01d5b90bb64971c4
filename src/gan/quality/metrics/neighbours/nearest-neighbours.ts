import { refuse } from '../../../../internal/require.js';
import { meanEstimate } from '../../../../statistics/estimate.js';
import { wilsonInterval } from '../../../../statistics/wilson.js';
import { type Features, type Pause, type Rows, readRows } from '../../features/read-rows.js';
import { type MeasureOptions, openMeasure, type Score } from '../measure-options.js';
import { openProducts } from '../products.js';
import { nearestRows } from './nearest-rows.js';

/** What {@link nearestNeighbours} found. */
export interface NearestNeighbours {
  /** `[M]`: for each generated sample, which training sample is nearest. */
  readonly places: Int32Array;
  /** `[M]`: how far it is. */
  readonly distances: Float64Array;
  /** The mean of these distances. */
  readonly distance: Score;
  /** The same mean for the held-out samples. */
  readonly floor?: Score;
  /**
   * Share of generated samples that are nearer to a training sample than 99% of the held-out ones: about 0.01 where nothing is
   * memorised.
   */
  readonly copied?: Score;
}

/**
 * Looks for the training sample nearest to each generated one, which shows whether the generator copies.
 *
 * A generator that has learned is as far from its training samples as other real samples are. Show the pairs: distances
 * between pixels miss a shifted copy, and features may take two alike ones for a copy.
 *
 * @param generated - `[M, D]`, M >= 2; samples of other shapes are laid out as rows.
 * @param training - `[N, D]`: what the generator was trained on.
 * @returns Places and distances, exact to double precision; of equally near samples the first. Intervals cover chance in
 *   the generated or held-out samples.
 * @throws RangeError when the columns differ, there are fewer than 2 samples, or numbers are not finite.
 * @see Theis et al., "A Note on the Evaluation of Generative Models" (2016)
 * @example
 * const { places, distances } = await nearestNeighbours(tensor2d([[1, 1], [9, 9]]), tensor2d([[0, 0], [9, 8], [8, 9]]));
 * places; // Int32Array [0, 1]
 * distances[1]; // 1
 */
export async function nearestNeighbours(
  generated: Features,
  training: Features,
  options: MeasureOptions & {
    /** `[H, D]`: real samples that were not trained on, the measure of how near is too near. */
    readonly heldOut?: Features;
  } = {},
): Promise<NearestNeighbours> {
  const where = 'nearestNeighbours';
  const pause = openMeasure(where, options, { heldOut: true, signal: true });
  const known = await readRows(where, 'training', training, pause);
  const probes = await readProbes(where, 'generated', generated, known, pause);
  const others = options.heldOut && (await readProbes(where, 'heldOut', options.heldOut, known, pause));
  const products = await openProducts(known.size, pause);
  const { places, squares } = await nearestRows(probes, known, 1, products, false);
  const distances = squares.map(Math.sqrt);
  const found = { places, distances, distance: scoreOf(distances, known) };
  if (!others) return found;
  const floors = (await nearestRows(others, known, 1, products, false)).squares.map(Math.sqrt);
  const near = floors.slice().sort()[Math.floor(floors.length / 100)]!;
  const copies = distances.filter((distance) => distance < near).length;
  const samples = { real: known.count, generated: probes.count };
  const copied = { value: copies / probes.count, interval: wilsonInterval(copies, probes.count), samples };
  return { ...found, floor: scoreOf(floors, known), copied };
}

async function readProbes(
  where: string,
  name: string,
  features: Features,
  { size }: Rows,
  pause: Pause,
): Promise<Rows> {
  const rows = await readRows(where, name, features, pause);
  if (rows.size !== size) refuse(where, name, `have ${size} columns, as \`training\` has`, [...features.shape]);
  if (rows.count < 2) refuse(where, name, 'hold 2 samples at least', rows.count);
  return rows;
}

function scoreOf(distances: Float64Array, training: Rows): Score {
  return { ...meanEstimate(distances), samples: { real: training.count, generated: distances.length } };
}
