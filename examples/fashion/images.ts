import type { ArrayData } from 'minimart';

/** `count` images of many, or as many as there are, from place `from` on; a view, no copy. */
export function pickImages({ values, shape }: ArrayData, from: number, count: number): ArrayData {
  const [total = 0, ...rest] = shape;
  const size = values.length / total;
  const end = Math.min(from + count, total);
  return { values: values.subarray(from * size, end * size), shape: [end - from, ...rest] };
}

/** The first images of many. */
export function firstImages(images: ArrayData, count: number): ArrayData {
  return pickImages(images, 0, count);
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
