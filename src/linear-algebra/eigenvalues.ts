import type { DoubleRoutines, Tridiagonal } from './plain-doubles.js';

/** Numbers of the triangle that one call goes through: some 5 milliseconds. */
const atOnce = 2 ** 22;
/** Two or three are usual. */
const mostSweeps = 60;

/**
 * The eigenvalues of a symmetric matrix, in no order: Householder's tridiagonal form, then QL steps with implicit shifts.
 *
 * @param form - The matrix and room beside it, all overwritten.
 * @see Parlett, "The Symmetric Eigenvalue Problem" (1998), chapters 7 and 8
 */
export async function eigenvalues(
  routines: DoubleRoutines,
  form: Tridiagonal,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const { size, diagonal, beside, work } = form;
  const { memory } = routines;
  memory.fill(0, work, work + 2 * size);
  for (let from = size; from > 0; ) {
    const to = Math.max(0, from - Math.max(1, Math.floor((2 * atOnce) / from ** 2)));
    routines.tridiagonalise(form, from, to);
    from = to;
    await pause();
  }
  const values = memory.slice(diagonal, diagonal + size);
  // The last one is the end of the form: nothing stands beside it.
  const off = new Float64Array(size);
  off.set(memory.subarray(beside + 1, beside + size));
  const spread = values.reduce((most, value, at) => Math.max(most, Math.abs(value), Math.abs(off[at]!)), 0);
  for (let first = 0; first < size; first += 1) {
    let end = blockEnd(values, off, first, spread);
    for (let sweep = 0; end > first; sweep += 1) {
      if (sweep === mostSweeps)
        throw new Error(`eigenvalues: no end of number ${first} of ${size} after ${sweep} sweeps.`);
      qlStep(values, off, first, end);
      end = blockEnd(values, off, first, spread);
    }
    if (first % 16 === 0) await pause();
  }
  return values;
}

// The first place from `first` on behind which the form falls apart.
function blockEnd(values: Float64Array, off: Float64Array, first: number, spread: number): number {
  let end = first;
  for (; end < values.length - 1; end += 1) {
    const near = Math.abs(values[end]!) + Math.abs(values[end + 1]!);
    // Below the square of the rounding of the greatest number, nothing of a number is left.
    if (Math.abs(off[end]!) <= Number.EPSILON * (near + Number.EPSILON * spread)) break;
  }
  return end;
}

// One sweep of rotations from the end of the block to its start.
function qlStep(values: Float64Array, off: Float64Array, first: number, end: number): void {
  const half = (values[first + 1]! - values[first]!) / (2 * off[first]!);
  const reach = Math.sqrt(half * half + 1);
  let g = values[end]! - values[first]! + off[first]! / (half + (half >= 0 ? reach : -reach));
  let [sine, cosine, shift] = [1, 1, 0];
  for (let at = end - 1; at >= first; at -= 1) {
    const f = sine * off[at]!;
    const b = cosine * off[at]!;
    const length = Math.sqrt(f * f + g * g);
    off[at + 1] = length;
    if (length === 0) {
      // The form falls apart in the middle of the sweep.
      values[at + 1]! -= shift;
      off[end] = 0;
      return;
    }
    sine = f / length;
    cosine = g / length;
    g = values[at + 1]! - shift;
    const step = (values[at]! - g) * sine + 2 * cosine * b;
    shift = sine * step;
    values[at + 1] = g + shift;
    g = cosine * step - b;
  }
  values[first]! -= shift;
  off[first] = g;
  off[end] = 0;
}
