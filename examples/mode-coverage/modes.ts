import { createRng } from 'minimart';

/** How samples fall on the modes. */
export interface ModeCount {
  /** Modes with at least a fifth of their fair share of the samples. */
  readonly covered: number;
  /** Share of the samples that lie on any mode. */
  readonly onModes: number;
  /** Samples on the rarest and on the commonest mode. */
  readonly least: number;
  readonly most: number;
}

/** Modes lie on the points of a grid of 5 x 5, one apart, from -2 to 2. */
const side = 5;
/** Standard deviation of a mode. */
const deviation = 0.05;

/** `count` points `[x, y]`, each of a mode chosen at random. */
export function makeModes(count: number, seed: number): Float32Array {
  const rng = createRng(seed).stream('modes');
  const points = new Float32Array(2 * count);
  for (let index = 0; index < points.length; index += 1) {
    points[index] = rng.integer(side) - (side - 1) / 2 + deviation * rng.normal();
  }
  return points;
}

/** Counts the samples that lie within four standard deviations of each mode. */
export function countModes(points: Float32Array): ModeCount {
  const hits = new Array<number>(side * side).fill(0);
  for (let index = 0; index < points.length; index += 2) {
    const mode = modeOf(points[index]!, points[index + 1]!);
    if (mode !== undefined) hits[mode]! += 1;
  }
  const count = points.length / 2;
  return {
    covered: hits.filter((hit) => hit >= count / hits.length / 5).length,
    onModes: hits.reduce((sum, hit) => sum + hit, 0) / count,
    least: Math.min(...hits),
    most: Math.max(...hits),
  };
}

function modeOf(x: number, y: number): number | undefined {
  const [column, row] = [x, y].map((place) => Math.round(place + (side - 1) / 2)) as [number, number];
  if (Math.min(column, row) < 0 || Math.max(column, row) >= side) return undefined;
  const apart = Math.hypot(x - column + (side - 1) / 2, y - row + (side - 1) / 2);
  return apart <= 4 * deviation ? row * side + column : undefined;
}
