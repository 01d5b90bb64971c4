import type { Pause, Rows } from '../../features/read-rows.js';
import { centredPair, exactDistance, roundingShare } from '../distances.js';
import type { DotBlock, Products } from '../products.js';

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
  products: Products,
  within: boolean,
): Promise<NearestRows> {
  const kept = Math.min(k + spare, references.count - (within ? 1 : 0));
  const { left, right, leftSquares, rightSquares } = await centredPair(queries, references, products.pause);
  const places = new Int32Array(queries.count * kept).fill(-1);
  const squares = new Float64Array(queries.count * kept).fill(Number.POSITIVE_INFINITY);
  await products.visit(left, right, (block) => {
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
  const isWhole = kept >= references.count - (within ? 1 : 0);
  for (let row = 0; row < queries.count; row += 1) {
    const nearest = createNearest(
      k,
      result.places.subarray(row * k, (row + 1) * k),
      result.squares.subarray(row * k, (row + 1) * k),
    );
    const candidates = places.subarray(row * kept, (row + 1) * kept).sort();
    for (const place of candidates) nearest(place, exactDistance(queries, row, references, place));
    const doubt = 2 * roundingShare(queries.size) * (leftSquares[row]! + farthest);
    if (!isWhole && squares[(row + 1) * kept - 1]! - doubt <= result.squares[(row + 1) * k - 1]!) {
      await lookAtAll(queries, row, references, within ? row : -1, nearest, products.pause);
    }
    await products.pause();
  }
  return result;
}

/** Takes places in rising order and keeps the nearest, the first of equals. */
type Nearest = (place: number, square: number) => void;

function createNearest(k: number, places: Int32Array, squares: Float64Array): Nearest {
  let found = 0;
  return (place, square) => {
    if (found === k && square > squares[k - 1]!) return;
    // Seen before, when the candidates were taken.
    if (places.subarray(0, found).includes(place)) return;
    let at = found;
    while (at > 0 && (squares[at - 1]! > square || (squares[at - 1] === square && places[at - 1]! > place))) at -= 1;
    if (at === k) return;
    found = Math.min(k, found + 1);
    places.copyWithin(at + 1, at, found - 1);
    squares.copyWithin(at + 1, at, found - 1);
    places[at] = place;
    squares[at] = square;
  };
}

async function lookAtAll(
  queries: Rows,
  row: number,
  references: Rows,
  skipped: number,
  nearest: Nearest,
  pause: Pause,
): Promise<void> {
  for (let place = 0; place < references.count; place += 1) {
    if (place !== skipped) nearest(place, exactDistance(queries, row, references, place));
    if (place % 256 === 0) await pause();
  }
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
