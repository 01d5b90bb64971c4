/** Numbers in double precision with their shape, row by row. */
export interface Doubles {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** What a case computes, in double precision and from the formula: of its inputs, weights included, in their order. */
export type Reference = (...inputs: Doubles[]) => Doubles;

/** One number for every position of a shape. */
export function build(shape: readonly number[], valueAt: (...position: number[]) => number): Doubles {
  const values = new Float64Array(shape.reduce((product, size) => product * size, 1));
  const position = shape.map(() => 0);
  for (let index = 0; index < values.length; index += 1) {
    values[index] = valueAt(...position);
    advance(position, shape);
  }
  return { shape, values };
}

/** The number at a position. */
export function at({ shape, values }: Doubles, ...position: number[]): number {
  return values[position.reduce((offset, each, axis) => offset * shape[axis] + each, 0)];
}

export function map({ shape, values }: Doubles, f: (x: number) => number): Doubles {
  return { shape, values: values.map((value) => f(value)) };
}

/** Element by element, where an axis of size 1, or one that is missing in front, goes with any size. */
export function combine(a: Doubles, b: Doubles, f: (a: number, b: number) => number): Doubles {
  const rank = Math.max(a.shape.length, b.shape.length);
  const sizes = ({ shape }: Doubles) => [...Array<number>(rank - shape.length).fill(1), ...shape];
  const [left, right] = [sizes(a), sizes(b)];
  const shape = left.map((size, axis) => Math.max(size, right[axis]));
  const pick = ({ values }: Doubles, from: number[], position: number[]) =>
    at({ shape: from, values }, ...position.map((each, axis) => (from[axis] === 1 ? 0 : each)));
  return build(shape, (...position) => f(pick(a, left, position), pick(b, right, position)));
}

export function reshape({ values }: Doubles, shape: readonly number[]): Doubles {
  return { shape, values };
}

/** The rows along the last axis, each as an array of its own that a function makes into another. */
export function mapRows({ shape, values }: Doubles, f: (row: Float64Array) => ArrayLike<number>): Doubles {
  const size = shape.at(-1)!;
  const results = new Float64Array(values.length);
  for (let start = 0; start < values.length; start += size) results.set(f(values.subarray(start, start + size)), start);
  return { shape, values: results };
}

function advance(position: number[], shape: readonly number[]): void {
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    position[axis] += 1;
    if (position[axis] < shape[axis]) return;
    position[axis] = 0;
  }
}
