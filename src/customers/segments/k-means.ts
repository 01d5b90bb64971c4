import type { Rng } from '../../random/rng.js';

/** Points `[N][D]`, column by column. */
export type Points = readonly Float64Array[];

/** Centres of groups. */
export interface Clustering {
  /** `[K][D]`. */
  readonly centres: readonly Float64Array[];
  /** `[N]`: the nearest centre of each point. */
  readonly labels: Int32Array;
  /** Sum of the squared distances to it. */
  readonly inertia: number;
}

type Pause = () => Promise<void>;

const restarts = 5;
const mostSweeps = 100;

/**
 * K-means: Lloyd's sweeps from k-means++ starts, the best of five.
 *
 * @see Arthur and Vassilvitskii, "k-means++: The Advantages of Careful Seeding" (2007)
 */
export async function kMeans(points: Points, count: number, rng: Rng, pause: Pause): Promise<Clustering> {
  let best: Clustering | undefined;
  for (let start = 0; start < restarts; start += 1) {
    const found = await sweep(points, await drawCentres(points, count, rng, pause), pause);
    if (!best || found.inertia < best.inertia) best = found;
  }
  return best!;
}

/** The nearest centre of each point. */
export async function assign(points: Points, centres: readonly Float64Array[], pause: Pause): Promise<Clustering> {
  const labels = new Int32Array(points[0]!.length);
  let inertia = 0;
  for (let row = 0; row < labels.length; row += 1) {
    if (row % 2 ** 12 === 0) await pause();
    const { place, distance } = nearest(points, row, centres);
    labels[row] = place;
    inertia += distance;
  }
  return { centres, labels, inertia };
}

async function sweep(points: Points, start: readonly Float64Array[], pause: Pause): Promise<Clustering> {
  let found = await assign(points, start, pause);
  for (let step = 0; step < mostSweeps; step += 1) {
    const next = await assign(points, meansOf(points, found), pause);
    if (!(next.inertia < found.inertia)) break;
    found = next;
  }
  return found;
}

// A group that has lost its points keeps its centre.
function meansOf(points: Points, { centres, labels }: Clustering): Float64Array[] {
  const counts = new Float64Array(centres.length);
  for (const label of labels) counts[label]! += 1;
  const sums = centres.map((centre, group) => (counts[group] === 0 ? centre.slice() : new Float64Array(points.length)));
  for (const [axis, column] of points.entries()) {
    for (let row = 0; row < labels.length; row += 1) sums[labels[row]!]![axis]! += column[row]! / counts[labels[row]!]!;
  }
  return sums;
}

// Each further centre is a point, likelier the further it is from those there are.
async function drawCentres(points: Points, count: number, rng: Rng, pause: Pause): Promise<Float64Array[]> {
  const rows = points[0]!.length;
  const centres = [pointAt(points, rng.integer(rows))];
  const distances = new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  while (centres.length < count) {
    let sum = 0;
    for (let row = 0; row < rows; row += 1) {
      distances[row] = Math.min(distances[row]!, squaredDistance(points, row, centres.at(-1)!));
      sum += distances[row]!;
    }
    let left = rng.uniform() * sum;
    let row = 0;
    while (row < rows - 1 && left >= distances[row]!) left -= distances[row++]!;
    centres.push(pointAt(points, row));
    await pause();
  }
  return centres;
}

function pointAt(points: Points, row: number): Float64Array {
  return Float64Array.from(points, (column) => column[row]!);
}

/** The place of the nearest centre, and the squared distances to it and to the next one. */
export function nearest(points: Points, row: number, centres: readonly Float64Array[]) {
  let [place, distance, second, next] = [0, Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY];
  for (let group = 0; group < centres.length; group += 1) {
    const own = squaredDistance(points, row, centres[group]!);
    if (own < distance) [place, distance, second, next] = [group, own, place, distance];
    else if (own < next) [second, next] = [group, own];
  }
  return { place, distance, second, next };
}

function squaredDistance(points: Points, row: number, centre: Float64Array): number {
  let sum = 0;
  for (let axis = 0; axis < points.length; axis += 1) sum += (points[axis]![row]! - centre[axis]!) ** 2;
  return sum;
}

/**
 * The silhouette by centres: the mean of 1 - (distance to the own centre) / (distance to the next one). 1 where groups are far apart, 0
 * where points lie between centres.
 *
 * @see Vendramin, Campello and Hruschka, "Relative Clustering Validity Criteria: A Comparative Overview" (2010)
 */
export async function silhouette(points: Points, { centres, labels }: Clustering, pause: Pause): Promise<number> {
  let sum = 0;
  for (let row = 0; row < labels.length; row += 1) {
    if (row % 2 ** 12 === 0) await pause();
    const { distance, next } = nearest(points, row, centres);
    if (next > 0) sum += 1 - Math.sqrt(distance / next);
  }
  return sum / labels.length;
}
