import { type ArrayData, createRng } from '../../../src/index.js';

/** Points in the plane with their classes. */
export interface MadeData extends ArrayData {
  readonly labels: Uint8Array;
}

/** `count` points around each of `centres`, in turn, with a normal spread. */
export function mixture(
  centres: readonly (readonly [number, number])[],
  { count = 4000, spread = 0.05, seed = 1 }: { count?: number; spread?: number; seed?: number } = {},
): MadeData {
  const noise = createRng(seed)
    .stream('mixture')
    .fillNormal(new Float32Array(2 * count));
  const labels = Uint8Array.from({ length: count }, (_, index) => index % centres.length);
  const values = noise.map((value, index) => centres[labels[index >> 1]!]![index % 2]! + spread * value);
  return { values, shape: [count, 2], labels };
}

/** Centres on a circle. */
export function ring(count: number, radius = 1): (readonly [number, number])[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = (2 * Math.PI * index) / count;
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
}

/** Centres on a square grid around 0. */
export function grid(side: number, step = 1): (readonly [number, number])[] {
  return Array.from({ length: side * side }, (_, index) => {
    const at = (place: number) => step * (place - (side - 1) / 2);
    return [at(index % side), at(Math.floor(index / side))] as const;
  });
}

/** The first `count` samples. */
export function first(data: MadeData, count: number): MadeData {
  const size = data.values.length / data.shape[0]!;
  return {
    values: data.values.slice(0, count * size),
    shape: [count, ...data.shape.slice(1)],
    labels: data.labels.slice(0, count),
  };
}

/** Every number times `factor`, plus `shift`. */
export function scaled(data: MadeData, factor: number, shift = 0): MadeData {
  return { ...data, values: Float32Array.from(data.values, (value) => factor * value + shift) };
}
