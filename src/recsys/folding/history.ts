import type { Id, Vocabulary } from '../../data/vocabulary.js';
import { describe } from '../../internal/describe.js';
import { refuse, requireIds } from '../../internal/require.js';
import { requireId } from '../serving/item-indices.js';

/** Indices and weights of what somebody did. */
export interface History {
  readonly indices: Int32Array;
  readonly weights: Float32Array;
}

/** What was read, and the ids that were skipped because nobody knows them. */
export interface ReadHistory extends History {
  readonly skipped: readonly string[];
}

/** Reads rows of ids and weights, by the stated policy for ids that are not known; there must be at least one row. */
export function readHistory(
  where: string,
  name: string,
  vocabulary: Vocabulary,
  rows: Iterable<unknown>,
  policy: 'throw' | 'skip',
): ReadHistory {
  requireIds(where, name, rows);
  const key = name === 'users' ? 'user' : 'item';
  const [indices, weights, skipped]: [number[], number[], string[]] = [[], [], []];
  for (const row of rows) {
    const { id, weight } = toWeighted(where, name, key, row);
    if (vocabulary.has(id)) {
      indices.push(vocabulary.indexOf(id));
      weights.push(weight);
    } else if (policy === 'throw') refuse(where, name, 'hold ids that the recommender knows', id);
    else skipped.push(String(id));
  }
  if (indices.length + skipped.length === 0) refuse(where, name, 'hold at least one id', []);
  return { indices: Int32Array.from(indices), weights: Float32Array.from(weights), skipped };
}

function toWeighted(where: string, name: string, key: string, row: unknown): { id: Id; weight: number } {
  if (typeof row !== 'object') {
    requireId(where, name, row);
    return { id: row as Id, weight: 1 };
  }
  const { [key]: id, weight = 1 } = (row ?? {}) as Record<string, unknown>;
  requireId(where, name, id);
  const isFitting = typeof weight === 'number' && Number.isFinite(weight) && weight > 0;
  if (!isFitting) refuse(where, name, `give ${describe(id)} a finite weight above 0`, weight);
  return { id: id as Id, weight };
}
