/**
 * Masks of orders: `maskUpTo(most)` is `[maxOrder + 1]` with ones up to `most`. Each is made when first asked for, and
 * shared from then on.
 */
export function orderMasks(maxOrder: number): (most: number) => Uint8Array {
  const made: (Uint8Array | undefined)[] = [];
  return (most) => {
    made[most] ??= new Uint8Array(maxOrder + 1).fill(1, 0, most + 1);
    return made[most];
  };
}
