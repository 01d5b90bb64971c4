import type { Rng } from '../../random/rng.js';
import type { TableCoding } from '../coding/table-coding.js';

/** The states of a column among those of the table: from `base` to before `base + states`. */
export interface NetworkColumn {
  readonly base: number;
  readonly states: number;
}

/** What a conditional network is made of. */
export interface NetworkPlan {
  /** One for each column, D. */
  readonly columns: readonly NetworkColumn[];
  /** States of all columns together, S. */
  readonly states: number;
  /** Numbers that stand for a state, E. */
  readonly embeddingSize: number;
  /** Units of the hidden layers, one or more. */
  readonly hidden: readonly number[];
}

/**
 * The parameters of a network: embeddings `[S + D, E]`, whose last D rows stand for the unknown cell of each column; kernel and bias
 * of each hidden layer; kernel `[H, S]` and bias `[S]` of the heads, side by side.
 */
export type NetworkWeights = readonly Float32Array[];

/** The shapes of {@link NetworkWeights}. */
export function weightShapes({ columns, states, embeddingSize, hidden }: NetworkPlan): [number, number?][] {
  const widths = [columns.length * embeddingSize, ...hidden, states];
  const layers = widths.slice(1).flatMap((units, place): [number, number?][] => [[widths[place]!, units], [units]]);
  return [[states + columns.length, embeddingSize], ...layers];
}

/** Weights to begin with: embeddings and layers at random, heads that say the shares of the table whatever they are told. */
export function initialWeights(plan: NetworkPlan, { shares }: Pick<TableCoding, 'shares'>, rng: Rng): Float32Array[] {
  const shapes = weightShapes(plan);
  const last = shapes.length - 2;
  return shapes.map(([rows, columns], place) => {
    if (place === last + 1) return Float32Array.from(shares, Math.log);
    if (columns === undefined || place === last) return new Float32Array(rows * (columns ?? 1));
    const values = rng.fillNormal(new Float32Array(rows * columns));
    // He initialisation of layers with relu; embeddings have a variance of 1.
    const scale = place === 0 ? 1 : Math.sqrt(2 / rows);
    return values.map((value) => value * scale);
  });
}
