import type { Bags } from './features.js';

/** Rows of `size` numbers at the given places. */
export function takeNumbers(values: Float32Array, size: number, places: Int32Array): Float32Array {
  const taken = new Float32Array(places.length * size);
  for (let row = 0; row < places.length; row += 1) {
    const from = places[row]! * size;
    for (let column = 0; column < size; column += 1) taken[row * size + column] = values[from + column]!;
  }
  return taken;
}

/** The bags at the given places. */
export function takeBags({ offsets, indices }: Bags, places: Int32Array): Bags {
  const taken = new Uint32Array(places.length + 1);
  for (let row = 0; row < places.length; row += 1) {
    const place = places[row]!;
    taken[row + 1] = taken[row]! + offsets[place + 1]! - offsets[place]!;
  }
  const members = new Int32Array(taken[places.length]!);
  for (let row = 0; row < places.length; row += 1) {
    const place = places[row]!;
    members.set(indices.subarray(offsets[place]!, offsets[place + 1]!), taken[row]!);
  }
  return { offsets: taken, indices: members };
}

/** Part of a batch's columns: rows `start` to `end - 1`. */
export function sliceBags({ offsets, indices }: Bags, start: number, end: number): Bags {
  const first = offsets[start]!;
  const shifted = offsets.slice(start, end + 1);
  for (let row = 0; row < shifted.length; row += 1) shifted[row] = shifted[row]! - first;
  return { offsets: shifted, indices: indices.subarray(first, offsets[end]!) };
}
