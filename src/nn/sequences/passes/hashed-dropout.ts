/**
 * Dropout whose mask is a function of a seed and a place: it is computed again on the way back instead of being kept. What
 * stays is divided by the share that stays.
 */
export interface HashedDropout {
  /** Of this pass of this layer, 32 bits. */
  readonly seed: number;
  /** Share that is dropped, in (0, 1). */
  readonly rate: number;
}

/** The seed of one of the layers or parts of a pass. */
export function seedOf(seed: number, part: number): number {
  return scramble((seed + Math.imul(part + 1, 0x9e3779b9)) | 0);
}

/** Hashes, as signed numbers, below `bound` drop what they belong to; what stays is multiplied by `kept`. */
export function dropoutFactors({ rate }: HashedDropout) {
  const bound = Math.min(2 ** 31 - 1, Math.round(rate * 2 ** 32) - 2 ** 31);
  return { bound, kept: 1 / (1 - rate) };
}

/** Drops some of `count` numbers, written to `target`, which may be where they are. Numbers are told apart by their place from `first` on. */
export function dropOut(
  memory: Float32Array,
  source: number,
  target: number,
  count: number,
  dropout: HashedDropout,
  first = 0,
): void {
  const { bound, kept } = dropoutFactors(dropout);
  const { seed } = dropout;
  for (let at = 0; at < count; at += 1) {
    const drawn = scramble((seed + Math.imul(first + at, 0x9e3779b9)) | 0);
    memory[target + at] = drawn < bound ? 0 : kept * memory[source + at]!;
  }
}

/** Spreads 32 bits so that each depends on all: the last steps of Appleby's MurmurHash3 (2011). */
function scramble(bits: number): number {
  let x = bits;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
