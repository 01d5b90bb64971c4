import { createRng } from 'minimart';

/** How samples fall on the modes. */
export interface ModeCount {
  /** Modes with at least a fifth of their fair share of the samples. */
  readonly covered: number;
  /** Modes with at least one sample within three standard deviations, as Lin et al., "PacGAN" (2018), count them. */
  readonly touched: number;
  /** Share of the samples that lie on any mode. */
  readonly onModes: number;
  /** Samples on the rarest and on the commonest mode. */
  readonly least: number;
  readonly most: number;
}

/** Modes lie on the points of a grid of 5 x 5, two apart, from -4 to 4. */
const side = 5;
const apart = 2;
/** Standard deviation of a mode. */
const deviation = 0.1;

/** `count` points `[x, y]`, each of a mode chosen at random. */
export function makeModes(count: number, seed: number): Float32Array {
  const rng = createRng(seed).stream('modes');
  const points = new Float32Array(2 * count);
  for (let index = 0; index < points.length; index += 1) {
    points[index] = apart * (rng.integer(side) - (side - 1) / 2) + deviation * rng.normal();
  }
  return points;
}

/** Counts the samples that lie within four standard deviations of each mode. */
export function countModes(points: Float32Array): ModeCount {
  const hits = new Array<number>(side * side).fill(0);
  const touched = new Set<number>();
  for (let index = 0; index < points.length; index += 2) {
    const { mode, deviations } = nearestMode(points[index]!, points[index + 1]!);
    if (mode === undefined) continue;
    if (deviations <= 4) hits[mode]! += 1;
    if (deviations <= 3) touched.add(mode);
  }
  const count = points.length / 2;
  return {
    covered: hits.filter((hit) => hit >= count / hits.length / 5).length,
    touched: touched.size,
    onModes: hits.reduce((sum, hit) => sum + hit, 0) / count,
    least: Math.min(...hits),
    most: Math.max(...hits),
  };
}

function nearestMode(x: number, y: number): { readonly mode?: number; readonly deviations: number } {
  const [column, row] = [x, y].map((place) => Math.round(place / apart + (side - 1) / 2)) as [number, number];
  const [aside, above] = [x - apart * (column - (side - 1) / 2), y - apart * (row - (side - 1) / 2)];
  const deviations = Math.hypot(aside, above) / deviation;
  const onGrid = Math.min(column, row) >= 0 && Math.max(column, row) < side;
  return { mode: onGrid ? row * side + column : undefined, deviations };
}
