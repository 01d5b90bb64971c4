/**
 * Masks of orders: `maskUpTo(most)` is `[maxOrder + 1]` with ones up to `most`. They are views of one list, made when first
 * asked for and shared from then on.
 */
export function orderMasks(maxOrder: number): (most: number) => Uint8Array {
  const size = maxOrder + 1;
  const onesThenZeros = new Uint8Array(2 * size).fill(1, 0, size);
  const made: (Uint8Array | undefined)[] = [];
  return (most) => {
    made[most] ??= onesThenZeros.subarray(maxOrder - most, maxOrder - most + size);
    return made[most];
  };
}
