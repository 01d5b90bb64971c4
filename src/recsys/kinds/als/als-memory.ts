import { paddedSize } from '../../../linear-algebra/panels.js';
import type { AlsSides } from './als-fitter.js';
import { type AlsSettings, type AlsSide, rowRegularization } from './als-side.js';

/** Where one side lies in the memory of the wasm routines, in bytes. */
export interface SidePlaces {
  readonly offsets: number;
  readonly observed: number;
  readonly confidences: number;
  readonly vectors: number;
  /** Float64: what is added to the diagonal of each row's equations. */
  readonly diagonals: number;
}

/** What the memory holds. */
export interface AlsPlaces {
  readonly users: SidePlaces;
  readonly items: SidePlaces;
  /** Float64, `[S, S]`: the sum of outer products of the other side. */
  readonly gram: number;
  /** Becomes 1 where equations have no solution. */
  readonly failed: number;
  /** What comes from here on is free for the parts of a job. */
  readonly scratch: number;
}

/** Numbers that are copied between two pauses. */
const COPIED = 1 << 22;

/** Decides what lies where. */
export function placeSides({ users, items }: AlsSides, factors: number): AlsPlaces {
  let end = 0;
  const take = (bytes: number) => {
    // Places start on a line of the cache; the first is not 0, which routines take for nothing.
    const place = 64 * (Math.ceil(end / 64) + 1);
    end = place + bytes;
    return place;
  };
  const placeSide = ({ offsets, others, vectors }: AlsSide) => ({
    offsets: take(4 * offsets.length),
    observed: take(4 * others.length),
    confidences: take(4 * others.length),
    vectors: take(4 * vectors.length),
    diagonals: take(8 * offsets.length),
  });
  return {
    users: placeSide(users),
    items: placeSide(items),
    gram: take(8 * paddedSize(factors) ** 2),
    failed: take(4),
    scratch: take(0),
  };
}

/** Writes one side to its places. */
export async function putSide(
  buffer: ArrayBufferLike,
  places: SidePlaces,
  { offsets, others, confidences, vectors }: AlsSide,
  otherRows: number,
  settings: AlsSettings,
  pause: () => Promise<void>,
): Promise<void> {
  await copyInPieces(offsets, new Uint32Array(buffer, places.offsets, offsets.length), pause);
  await copyInPieces(others, new Int32Array(buffer, places.observed, others.length), pause);
  await copyInPieces(confidences, new Float32Array(buffer, places.confidences, confidences.length), pause);
  await copyInPieces(vectors, new Float32Array(buffer, places.vectors, vectors.length), pause);
  const diagonals = new Float64Array(buffer, places.diagonals, offsets.length);
  for (let row = 0; row + 1 < offsets.length; row += 1) {
    if (row % 1024 === 0) await pause();
    diagonals[row] = rowRegularization(settings, offsets[row + 1]! - offsets[row]!, otherRows);
  }
}

/** Copies numbers, and lets the event loop turn meanwhile. */
export async function copyInPieces<Numbers extends Float32Array | Int32Array | Uint32Array>(
  source: Numbers,
  target: Numbers,
  pause: () => Promise<void>,
): Promise<void> {
  for (let from = 0; from < source.length; from += COPIED) {
    await pause();
    target.set(source.subarray(from, from + COPIED), from);
  }
}
