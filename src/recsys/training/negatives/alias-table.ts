import type { Rng } from '../../../random/rng.js';

/**
 * Draws indices with given weights in constant time, by Walker's alias method: every column holds its own index up to a
 * threshold and one other index above it.
 *
 * @see Vose, "A Linear Algorithm For Generating Random Numbers With a Given Distribution" (1991)
 */
export function createAliasTable(weights: ArrayLike<number>): (rng: Rng) => number {
  const { thresholds, aliases } = columns(weights);
  const scale = weights.length / 2 ** 32;
  return (rng) => {
    const column = Math.floor(rng.uint32() * scale);
    return rng.uint32() < thresholds[column]! ? column : aliases[column]!;
  };
}

function columns(weights: ArrayLike<number>): { thresholds: Float64Array; aliases: Int32Array } {
  const length = weights.length;
  const shares = Float64Array.from(weights);
  const mean = shares.reduce((sum, weight) => sum + weight, 0) / length;
  const thresholds = new Float64Array(length).fill(2 ** 32);
  const aliases = Int32Array.from({ length }, (_, index) => index);
  const below: number[] = [];
  const above: number[] = [];
  shares.forEach((share, index) => {
    shares[index] = share / mean;
    (share < mean ? below : above).push(index);
  });
  while (below.length > 0 && above.length > 0) {
    const poor = below.pop()!;
    const rich = above[above.length - 1]!;
    thresholds[poor] = shares[poor]! * 2 ** 32;
    aliases[poor] = rich;
    shares[rich]! -= 1 - shares[poor]!;
    if (shares[rich]! < 1) below.push(above.pop()!);
  }
  return { thresholds, aliases };
}
