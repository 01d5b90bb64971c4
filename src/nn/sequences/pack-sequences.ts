/** Sequences that lie one behind the other: sequence `s` is `items[offsets[s]]` to `items[offsets[s + 1] - 1]`. */
export interface Sequences {
  readonly offsets: ArrayLike<number>;
  readonly items: Int32Array;
}

/** Some of them, worked on together. */
interface Pack {
  /** The first and the one behind the last. */
  readonly first: number;
  readonly end: number;
  /** Where their rows begin and end, counted from the first row of the first: `[end - first + 1]`. */
  readonly offsets: readonly number[];
  /** The item's place that is row 0. */
  readonly start: number;
  /** Which of `maxLength` positions each row has: the last for the latest item. */
  readonly positions: Int32Array;
}

/** Takes sequences together, in their order, as long as they have no more than `room` rows; none is cut. */
export function* packsOf({ offsets }: Pick<Sequences, 'offsets'>, maxLength: number, room: number): Generator<Pack> {
  const count = offsets.length - 1;
  for (let first = 0; first < count; ) {
    let end = first + 1;
    while (end < count && offsets[end + 1]! - offsets[first]! <= room) end += 1;
    const start = offsets[first]!;
    const own = Array.from({ length: end - first + 1 }, (_, place) => offsets[first + place]! - start);
    const positions = new Int32Array(own.at(-1)!);
    for (let place = 0; place < end - first; place += 1) {
      for (let row = own[place]!; row < own[place + 1]!; row += 1) positions[row] = maxLength - own[place + 1]! + row;
    }
    yield { first, end, offsets: own, start, positions };
    first = end;
  }
}
