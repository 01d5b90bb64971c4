import { inStretches, type Pieces } from '../../internal/pieces.js';
import { createRng, permutationInPieces } from '../../random/rng.js';

/** One part of some cases, and all the others. */
export interface Fold {
  readonly rows: Uint32Array;
  readonly others: Uint32Array;
}

/** Parts of cases, drawn so that each has its share of the label 1 and of the label 0. */
export function* foldsOf(labels: ArrayLike<number>, folds: number, seed: number): Pieces<Fold[]> {
  const order = yield* permutationInPieces(createRng(seed).stream('folds'), labels.length);
  const foldOf = new Uint8Array(labels.length);
  const seen = [0, 0];
  yield* inStretches(order.length, (from, to) => {
    for (const row of order.subarray(from, to)) {
      foldOf[row] = seen[labels[row]!]! % folds;
      seen[labels[row]!]! += 1;
    }
  });
  const parts: Fold[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    parts.push({
      rows: yield* placesOf(foldOf, (own) => own === fold),
      others: yield* placesOf(foldOf, (own) => own !== fold),
    });
  }
  return parts;
}

function* placesOf(foldOf: Uint8Array, isWanted: (fold: number) => boolean): Pieces<Uint32Array> {
  const places = new Uint32Array(foldOf.length);
  let size = 0;
  yield* inStretches(foldOf.length, (from, to) => {
    for (let row = from; row < to; row += 1) if (isWanted(foldOf[row]!)) places[size++] = row;
  });
  return places.slice(0, size);
}
