import { setImmediate } from 'node:timers/promises';
import {
  add,
  argMin,
  dispose,
  div,
  matMul,
  min,
  mul,
  relu,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import type { ArrayData } from 'minimart';
import { pickImages } from './images.js';

/** The nearest of many images. */
export interface Nearest {
  /** For each probe the place of the reference nearest to it. */
  readonly places: readonly number[];
  /** Mean over the probes of the root-mean-square difference of pixels. */
  readonly distance: number;
}

const chunk = 100;

/** Looks for the reference nearest to each probe, pixel by pixel, a hundred probes at a time. */
export async function findNearest(probes: ArrayData, references: ArrayData): Promise<Nearest> {
  const known = tidy(() => {
    const columns = transpose(asRows(references));
    return { columns, lengths: sum(square(columns), 0) };
  });
  const places: number[] = [];
  let distances = 0;
  for (let from = 0; from < probes.shape[0]!; from += chunk) {
    const part = pickImages(probes, from, chunk);
    const found = tidy(() => nearestRows(asRows(part), known));
    places.push(...(await found.places.data()));
    for (const distance of await found.distances.data()) distances += distance;
    dispose(found);
    // Ctrl-C is heard between two turns of the event loop.
    await setImmediate();
  }
  dispose(known);
  return { places, distance: distances / places.length };
}

function nearestRows(from: Tensor2D, { columns, lengths }: { readonly columns: Tensor2D; readonly lengths: Tensor }) {
  // |to|² - 2 from·to is least where |from - to|² is.
  const partial = sub(lengths, mul(2, matMul(from, columns)));
  const squared = relu(add(min(partial, 1), sum(square(from), 1)));
  return { places: argMin(partial, 1), distances: sqrt(div(squared, from.shape[1])) };
}

function asRows({ values, shape }: ArrayData): Tensor2D {
  return tensor2d(Float32Array.from(values), [shape[0]!, values.length / shape[0]!]);
}
