import { invertSmall } from './small-matrix.js';

/** A smooth function of a few numbers, of which each should matter on a scale of about 1, such as logarithms of parameters. */
export type Objective = (point: Float64Array) => Promise<number>;

/** Where a function is smallest. */
export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  /** `[D, D]`: the inverse of its second derivatives there, a likelihood's covariance; missing where it is no minimum. */
  readonly covariance?: Float64Array;
}

/** Of differences. */
const reach = 1e-3;
/** Below this slope Newton's steps are quicker. */
const enough = 1e-2;
const mostSteps = 200;
const mostNewtonSteps = 4;
/** A step that goes further changes what a parameter is by more than its whole size. */
const longest = 2;

/**
 * Goes down from several starts by Broyden, Fletcher, Goldfarb and Shanno's method with gradients by differences, and from the lowest
 * place by Newton's steps, which find the last digits. It never goes further than `bound` from 0 in any number: where a function
 * falls for ever, the answer lies there or where it has become flat.
 *
 * @see Nocedal and Wright, "Numerical Optimization" (2006), chapters 6 and 8
 */
export async function minimise(of: Objective, starts: readonly Float64Array[], bound = 40): Promise<Minimum> {
  let best: Minimum | undefined;
  for (const start of starts) {
    const found = await goDown(of, start, bound);
    if (!best || found.value < best.value) best = found;
  }
  return polish(of, best!.point, best!.value, bound);
}

async function goDown(of: Objective, start: Float64Array, bound: number): Promise<Minimum> {
  let point: Float64Array = start;
  let value = await of(point);
  let gradient = await gradientOf(of, point);
  let inverse: Float64Array = identity(point.length);
  for (let step = 0; step < mostSteps && largest(gradient) > enough; step += 1) {
    const next = await lineSearch(of, point, value, gradient, inverse, bound);
    if (!next) {
      // A direction that leads nowhere may be the fault of what was learned of the curvature.
      if (isIdentity(inverse)) break;
      inverse = identity(point.length);
      continue;
    }
    const slope = await gradientOf(of, next.point);
    learnCurvature(inverse, difference(next.point, point), difference(slope, gradient));
    [point, value, gradient] = [next.point, next.value, slope];
  }
  return { point, value };
}

async function polish(of: Objective, start: Float64Array, first: number, bound: number): Promise<Minimum> {
  let [point, value] = [start, first];
  for (let step = 0; ; step += 1) {
    const covariance = invertSmall(await hessianOf(of, point, value), point.length);
    if (!covariance || step === mostNewtonSteps) return { point, value, ...(covariance && { covariance }) };
    const move = product(covariance, await exactGradientOf(of, point));
    const moved = moveBy(point, move, -1, bound);
    const found = await of(moved);
    // The last digits are below the rounding of the function itself.
    const isWorse = !(found <= value + 1e-9 * Math.abs(value));
    if (!isWorse) [point, value] = [moved, found];
    if (isWorse || largest(move) < 1e-6) return { point, value, covariance };
  }
}

async function lineSearch(
  of: Objective,
  point: Float64Array,
  value: number,
  gradient: Float64Array,
  inverse: Float64Array,
  bound: number,
): Promise<{ point: Float64Array; value: number } | undefined> {
  const direction = product(inverse, gradient);
  const slope = dot(direction, gradient);
  if (!(slope > 0)) return undefined;
  let size = Math.min(1, longest / largest(direction));
  for (let half = 0; half < 30; half += 1, size /= 2) {
    const moved = moveBy(point, direction, -size, bound);
    const found = await of(moved);
    if (found < value - 1e-4 * size * slope) return { point: moved, value: found };
  }
  return undefined;
}

async function gradientOf(of: Objective, point: Float64Array): Promise<Float64Array> {
  const gradient = new Float64Array(point.length);
  for (let axis = 0; axis < point.length; axis += 1) gradient[axis] = await slopeOver(of, point, axis, reach);
  return gradient;
}

async function slopeOver(of: Objective, point: Float64Array, axis: number, by: number): Promise<number> {
  return ((await of(shifted(point, axis, by))) - (await of(shifted(point, axis, -by)))) / (2 * by);
}

// Of fourth order: two differences, of which the errors cancel.
async function exactGradientOf(of: Objective, point: Float64Array): Promise<Float64Array> {
  const near = await gradientOf(of, point);
  const gradient = new Float64Array(point.length);
  for (let axis = 0; axis < point.length; axis += 1) {
    gradient[axis] = (4 * near[axis]! - (await slopeOver(of, point, axis, 2 * reach))) / 3;
  }
  return gradient;
}

async function hessianOf(of: Objective, point: Float64Array, value: number): Promise<Float64Array> {
  const size = point.length;
  const hessian = new Float64Array(size * size);
  const at = (one: number, other: number, left: number, right: number) =>
    of(shifted(shifted(point, one, left * reach), other, right * reach));
  for (let one = 0; one < size; one += 1) {
    const ends = (await of(shifted(point, one, reach))) + (await of(shifted(point, one, -reach)));
    hessian[one * size + one] = (ends - 2 * value) / reach ** 2;
    for (let other = 0; other < one; other += 1) {
      const alike = (await at(one, other, 1, 1)) + (await at(one, other, -1, -1));
      const opposite = (await at(one, other, 1, -1)) + (await at(one, other, -1, 1));
      hessian[one * size + other] = hessian[other * size + one] = (alike - opposite) / (4 * reach ** 2);
    }
  }
  return hessian;
}

// inverse := (I - s y' / y's) inverse (I - y s' / y's) + s s' / y's, where the function curves upwards.
function learnCurvature(inverse: Float64Array, step: Float64Array, change: Float64Array): void {
  const size = step.length;
  const curve = dot(step, change);
  if (!(curve > 1e-12)) return;
  const image = product(inverse, change);
  const scale = (1 + dot(change, image) / curve) / curve;
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      inverse[row * size + column]! +=
        scale * step[row]! * step[column]! - (image[row]! * step[column]! + step[row]! * image[column]!) / curve;
    }
  }
}

function moveBy(point: Float64Array, direction: Float64Array, size: number, bound: number): Float64Array {
  return point.map((value, axis) => Math.max(-bound, Math.min(bound, value + size * direction[axis]!)));
}

function shifted(point: Float64Array, axis: number, by: number): Float64Array {
  const copy = point.slice();
  copy[axis]! += by;
  return copy;
}

function identity(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, place) => (place % (size + 1) === 0 ? 1 : 0));
}

function isIdentity(matrix: Float64Array): boolean {
  const same = identity(Math.sqrt(matrix.length));
  return matrix.every((value, place) => value === same[place]);
}

function product(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, row) => dot(matrix.subarray(row * size, (row + 1) * size), vector));
}

function difference(one: Float64Array, other: Float64Array): Float64Array {
  return one.map((value, axis) => value - other[axis]!);
}

function dot(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, value, place) => sum + value * other[place]!, 0);
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
