import type { ArrayData } from 'minimart';

/** The first images of many. */
export function firstImages({ values, shape }: ArrayData, count: number): ArrayData {
  const [total = 0, ...rest] = shape;
  const kept = Math.min(count, total);
  return { values: values.subarray(0, (values.length / total) * kept), shape: [kept, ...rest] };
}

/** Chosen images of many, in the order given. */
export function pickImages({ values, shape }: ArrayData, places: readonly number[]): ArrayData {
  const [total = 0, ...rest] = shape;
  const size = values.length / total;
  const one = (place: number) => values.subarray(place * size, (place + 1) * size);
  return joinImages(places.map((place) => ({ values: one(place), shape: [1, ...rest] })));
}

/** Sets of images of one size, one after the other. */
export function joinImages(sets: readonly ArrayData[]): ArrayData {
  const values = new Float32Array(sets.reduce((sum, set) => sum + set.values.length, 0));
  let end = 0;
  for (const set of sets) {
    values.set(set.values, end);
    end += set.values.length;
  }
  const count = sets.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  return { values, shape: [count, ...(sets[0]?.shape.slice(1) ?? [])] };
}
