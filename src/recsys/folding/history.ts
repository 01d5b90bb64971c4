import type { Id, Vocabulary } from '../../data/vocabulary.js';
import { describe } from '../../internal/describe.js';
import { refuse, requireOneOf } from '../../internal/require.js';

/** Indices and weights of what somebody did. */
export interface History {
  readonly indices: Int32Array;
  readonly weights: Float32Array;
}

/** An id with its weight. */
export interface Weighted {
  readonly id: Id;
  readonly weight?: number | undefined;
}

/** Reads rows of ids and weights, by the stated policy for ids that are not known; at least one must be left. */
export function readHistory(
  where: string,
  name: string,
  vocabulary: Vocabulary,
  rows: Iterable<Weighted>,
  policy: 'throw' | 'skip' = 'throw',
): History {
  requireOneOf(where, `unknown${name[0]!.toUpperCase()}${name.slice(1)}`, ['throw', 'skip'], policy);
  const [indices, weights]: [number[], number[]] = [[], []];
  for (const { id, weight = 1 } of rows) {
    if (!(Number.isFinite(weight) && weight > 0)) {
      refuse(where, name, `give '${String(id)}' a finite weight above 0`, weight);
    }
    if (vocabulary.has(id)) {
      indices.push(vocabulary.indexOf(id));
      weights.push(weight);
    } else if (policy === 'throw') refuse(where, name, 'hold ids that the recommender knows', id);
  }
  if (indices.length === 0) {
    throw new RangeError(`${where}: \`${name}\` must hold at least one id that is known, received ${describe(rows)}.`);
  }
  return { indices: Int32Array.from(indices), weights: Float32Array.from(weights) };
}
