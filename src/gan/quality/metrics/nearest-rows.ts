import type { Rows } from '../features/read-rows.js';
import { centredPair, exactDistance, roundingShare } from './distances.js';
import type { DotBlock, VisitDots } from './products.js';

/** The nearest references of each query, nearest first, ties in the order of the references. */
export interface NearestRows {
  readonly k: number;
  /** `[N * k]`: which references. */
  readonly places: Int32Array;
  /** `[N * k]`: squared distances, in double precision. */
  readonly squares: Float64Array;
}

/** Candidates kept beyond `k`, since products of single precision do not tell distances that lie close apart. */
const spare = 8;

/**
 * Finds the `k` nearest references of each query; of a query among the references (`within`) the others only.
 *
 * Products of single precision choose candidates, whose distances are then computed in double precision; where rounding
 * leaves a doubt whether the candidates hold the nearest, all references are looked at.
 */
export async function nearestRows(
  queries: Rows,
  references: Rows,
  k: number,
  visitDots: VisitDots,
  within: boolean,
): Promise<NearestRows> {
  const kept = Math.min(k + spare, references.count - (within ? 1 : 0));
  const { left, right, leftSquares, rightSquares } = await centredPair(queries, references);
  const places = new Int32Array(queries.count * kept).fill(-1);
  const squares = new Float64Array(queries.count * kept).fill(Number.POSITIVE_INFINITY);
  await visitDots(left, right, (block) => {
    for (let row = block.firstRow; row < block.firstRow + block.rows; row += 1) {
      const skipped = within ? row : -1;
      keepNearest(block, row, leftSquares[row]!, rightSquares, skipped, places, squares, kept);
    }
  });
  const result: NearestRows = {
    k,
    places: new Int32Array(queries.count * k),
    squares: new Float64Array(queries.count * k),
  };
  const farthest = rightSquares.reduce((most, square) => Math.max(most, square), 0);
  const everything = Int32Array.from({ length: references.count }, (_, place) => place);
  for (let row = 0; row < queries.count; row += 1) {
    const candidates = places.subarray(row * kept, (row + 1) * kept);
    let best = rank(queries, row, references, candidates, k);
    const doubt = 2 * roundingShare(queries.size) * (leftSquares[row]! + farthest);
    const isWhole = kept >= references.count - (within ? 1 : 0);
    if (!isWhole && squares[(row + 1) * kept - 1]! - doubt <= best.at(-1)!.square) {
      best = rank(queries, row, references, within ? everything.filter((place) => place !== row) : everything, k);
    }
    best.forEach(({ place, square }, order) => {
      result.places[row * k + order] = place;
      result.squares[row * k + order] = square;
    });
  }
  return result;
}

function rank(queries: Rows, row: number, references: Rows, candidates: Int32Array, k: number) {
  return Array.from(candidates, (place) => ({ place, square: exactDistance(queries, row, references, place) }))
    .sort((one, other) => one.square - other.square || one.place - other.place)
    .slice(0, k);
}

// Sorts each near reference into the row's list, from its end.
function keepNearest(
  { dots, firstRow, firstColumn, columns }: DotBlock,
  row: number,
  rowSquare: number,
  rightSquares: Float64Array,
  skipped: number,
  places: Int32Array,
  squares: Float64Array,
  kept: number,
): void {
  const start = row * kept;
  const end = start + kept - 1;
  const from = (row - firstRow) * columns;
  let worst = squares[end]!;
  for (let column = 0; column < columns; column += 1) {
    const square = rowSquare + rightSquares[firstColumn + column]! - 2 * dots[from + column]!;
    if (square >= worst || firstColumn + column === skipped) continue;
    let at = end;
    for (; at > start && squares[at - 1]! > square; at -= 1) {
      squares[at] = squares[at - 1]!;
      places[at] = places[at - 1]!;
    }
    squares[at] = square;
    places[at] = firstColumn + column;
    worst = squares[end]!;
  }
}
