import type { Rng } from 'minimart';
import { mean } from './dense.js';
import { at, build, combine, type Doubles, reshape } from './doubles.js';

interface Shares {
  readonly shift: number;
  readonly cutout: number;
  readonly brightness: number;
  readonly saturation: number;
  readonly contrast: number;
}

/** Brightness, saturation, contrast, shift and cut-out of images `[B, H, W, C]`, in the order in which numbers are drawn. */
export function diffAugmented(images: Doubles, shares: Shares, rng: Rng): Doubles {
  const [count] = images.shape;
  const factors = (reach: number, centre: number): Doubles => {
    const drawn = rng.fillUniform(new Float32Array(count));
    return build([count, 1, 1, 1], (image) => Math.fround(centre + reach * (2 * drawn[image] - 1)));
  };
  const bright = combine(images, factors(shares.brightness, 0), (x, added) => x + added);
  const coloured = images.shape[3] > 1 ? stretched(bright, [3], factors(shares.saturation, 1)) : bright;
  return moved(stretched(coloured, [1, 2, 3], factors(shares.contrast, 1)), shares, rng);
}

function stretched(images: Doubles, axes: readonly number[], factors: Doubles): Doubles {
  const kept = images.shape.map((each, axis) => (axes.includes(axis) ? 1 : each));
  const middle = reshape(mean(images, axes), kept);
  const apart = combine(
    combine(images, middle, (x, centre) => x - centre),
    factors,
    (x, factor) => x * factor,
  );
  return combine(apart, middle, (x, centre) => x + centre);
}

function moved(images: Doubles, { shift, cutout }: Shares, rng: Rng): Doubles {
  const [count, ...size] = images.shape.slice(0, 3);
  // All rows down, then all columns to the right, then the rectangles, each image after the other.
  const offsets = size.map((each) => {
    const reach = Math.round(shift * each);
    return Array.from({ length: count }, () => rng.integer(2 * reach + 1) - reach);
  });
  const lengths = size.map((each) => Math.round(cutout * each));
  const firsts = Array.from({ length: count }, () =>
    lengths.map((length, axis) => rng.integer(size[axis] + 1 - (length % 2)) - Math.floor(length / 2)),
  );
  return build(images.shape, (image, row, column, channel) => {
    const place = [row, column];
    if (place.every((each, axis) => each >= firsts[image][axis] && each < firsts[image][axis] + lengths[axis]))
      return 0;
    const from = place.map((each, axis) => each - offsets[axis][image]);
    if (from.some((each, axis) => each < 0 || each >= size[axis])) return 0;
    return at(images, image, from[0], from[1], channel);
  });
}
