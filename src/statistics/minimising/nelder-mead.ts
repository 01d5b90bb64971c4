import type { Pieces } from '../../internal/pieces.js';

interface Corner {
  readonly point: Float64Array;
  readonly value: number;
}

/**
 * Goes down from `start` without derivatives, by a simplex that reflects, grows and shrinks.
 *
 * @param of - A function of `[D]`, in pieces; where it is NaN it counts as infinite.
 * @param start - `[D]`, D >= 1.
 * @param size - How far the first corners lie from it.
 * @returns The lowest point that was found: of a function with several valleys one of them.
 * @see Nelder and Mead, "A Simplex Method for Function Minimization" (1965)
 */
export function* nelderMead(
  of: (point: Float64Array) => Pieces<number>,
  start: Float64Array,
  { size = 1, tolerance = 1e-8, most = 400 } = {},
): Pieces<Corner> {
  const look = function* (point: Float64Array): Pieces<Corner> {
    const value = yield* of(point);
    return { point, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  const corners = [yield* look(start)];
  for (let axis = 0; axis < start.length; axis += 1) {
    const point = start.slice();
    point[axis]! += size;
    corners.push(yield* look(point));
  }
  for (let step = 0; step < most; step += 1) {
    corners.sort((one, other) => one.value - other.value);
    const [best, worst] = [corners[0]!, corners.at(-1)!];
    if (Math.abs(worst.value - best.value) <= tolerance * (Math.abs(best.value) + tolerance)) break;
    const centre = centreOf(corners);
    const reflected = yield* look(between(centre, worst.point, -1));
    if (reflected.value < best.value) {
      const further = yield* look(between(centre, worst.point, -2));
      corners[corners.length - 1] = further.value < reflected.value ? further : reflected;
    } else if (reflected.value < corners.at(-2)!.value) corners[corners.length - 1] = reflected;
    else {
      const nearer = yield* look(between(centre, (reflected.value < worst.value ? reflected : worst).point, 0.5));
      if (nearer.value < Math.min(reflected.value, worst.value)) corners[corners.length - 1] = nearer;
      else {
        for (let place = 1; place < corners.length; place += 1) {
          corners[place] = yield* look(between(best.point, corners[place]!.point, 0.5));
        }
      }
    }
  }
  return corners.reduce((low, corner) => (corner.value < low.value ? corner : low));
}

// Of all corners but the last.
function centreOf(corners: readonly Corner[]): Float64Array {
  const centre = new Float64Array(corners[0]!.point.length);
  for (const { point } of corners.slice(0, -1)) {
    for (let axis = 0; axis < centre.length; axis += 1) centre[axis]! += point[axis]! / (corners.length - 1);
  }
  return centre;
}

function between(from: Float64Array, to: Float64Array, share: number): Float64Array {
  return from.map((value, axis) => value + share * (to[axis]! - value));
}
