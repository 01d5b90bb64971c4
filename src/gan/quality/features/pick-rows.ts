import type { Rows } from './read-rows.js';

/** Copies some of the rows. */
export function pickRows({ values, size }: Rows, places: Uint32Array): Rows {
  const picked = new Float32Array(places.length * size);
  places.forEach((place, row) => {
    picked.set(values.subarray(place * size, (place + 1) * size), row * size);
  });
  return { values: picked, count: places.length, size };
}
