import { piecemeal } from '../../internal/pieces.js';
import { requireAtMost } from '../../internal/require.js';
import { permutationInPieces, type Rng } from '../../random/rng.js';
import { rowKey } from '../coding/row-key.js';
import type { TableCoding } from '../coding/table-coding.js';
import { type Mixture, visitRows } from './mixture.js';

/** How much of a class at the start is the row that it begins with; the rest is the whole table. */
const ownShare = 0.3;

/**
 * Begins each class with a row of its own, no two of which are equal: equal ones would stay equal for ever.
 *
 * @param among - Rows to choose from. Default: all.
 */
export async function startMixture(
  where: string,
  coding: TableCoding,
  classes: number,
  rng: Rng,
  pause: () => Promise<void>,
  among?: Uint32Array,
): Promise<Mixture> {
  const width = coding.columns.length;
  const chosen = await differentRows(coding, classes, rng, pause, among);
  requireAtMost(where, 'classes', classes, chosen.length, 'different rows');
  const mixture = {
    classes,
    shares: new Float64Array(classes).fill(1 / classes),
    chances: new Float64Array(coding.states * classes),
  };
  const visit = (state: number) => {
    mixture.chances.fill((1 - ownShare) * coding.shares[state]!, state * classes, (state + 1) * classes);
  };
  await piecemeal(visitRows(coding.states, classes, visit), pause);
  for (const [k, row] of chosen.entries()) {
    for (const state of coding.rows.subarray(row * width, (row + 1) * width)) {
      mixture.chances[state * classes + k]! += ownShare;
    }
  }
  return mixture;
}

async function differentRows(
  { rows, length, columns }: TableCoding,
  most: number,
  rng: Rng,
  pause: () => Promise<void>,
  among?: Uint32Array,
): Promise<number[]> {
  const seen = new Set<string>();
  const chosen: number[] = [];
  const order = await piecemeal(permutationInPieces(rng, among?.length ?? length), pause);
  for (const [turn, place] of order.entries()) {
    const row = among ? among[place]! : place;
    if (chosen.length === most) break;
    const key = rowKey(rows, row, columns.length);
    if (!seen.has(key)) chosen.push(row);
    seen.add(key);
    if (turn % 2 ** 10 === 0) await pause();
  }
  return chosen;
}
