/** Long work in pieces: it yields where the event loop may turn. */
export type Pieces<T> = Generator<undefined, T>;

/** Does all pieces at once. */
export function atOnce<T>(work: Pieces<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Does all pieces, and waits for `pause` between them. */
export async function piecemeal<T>(work: Pieces<T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await pause();
  }
}

/** Rows in a piece: of simple work on each, about a millisecond. */
const inPiece = 2 ** 16;

/** Visits `length` places in stretches, from `from` to before `to`, each of them a piece. */
export function* inStretches(
  length: number,
  visit: (from: number, to: number) => void,
  stretch = inPiece,
): Pieces<void> {
  for (let from = 0; from < length; from += stretch) {
    visit(from, Math.min(from + stretch, length));
    yield;
  }
}

/** Numbers that a function makes, in a piece: of some tens of nanoseconds each, less than a millisecond. */
const made = 2 ** 13;

/** Fills all places of `to` by a function of the place, in pieces. */
export function* filled<T extends { length: number; [place: number]: number }>(
  to: T,
  valueAt: (place: number) => number,
): Pieces<T> {
  yield* inStretches(
    to.length,
    (from, end) => {
      for (let place = from; place < end; place += 1) to[place] = valueAt(place);
    },
    made,
  );
  return to;
}

/** Visits groups of rows, those of group `g` from `offsets[g]` to before `offsets[g + 1]`; many small ones together are a piece. */
export function* inGroups(offsets: Uint32Array, visit: (group: number) => void): Pieces<void> {
  let next = inPiece;
  for (let group = 0; group + 1 < offsets.length; group += 1) {
    visit(group);
    // A group without rows is work as well.
    if (offsets[group + 1]! + group < next) continue;
    next = offsets[group + 1]! + group + inPiece;
    yield;
  }
}
