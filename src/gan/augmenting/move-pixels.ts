import { concat, gather, reshape, type Tensor, tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import { linearMap } from '../../nn/linear-map.js';

/** Where a part of an image is moved to, and a square that is blanked then; in pixels. */
export interface PixelMove {
  /** Rows down. */
  readonly down: number;
  /** Columns to the right. */
  readonly right: number;
  /** First row and column of the blank rectangle, and the first ones behind it; beyond the edge there is nothing to blank. */
  readonly blank: { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number };
}

/**
 * Moves and blanks each image of a batch; what comes in from outside is 0.
 *
 * Every pixel goes to at most one place, so that the whole is a single look-up, and its transpose, which is the gradient,
 * another one. Indices count within an image, because webgl holds whole numbers up to 2^24 only.
 *
 * @param images - `[B, H, W, C]`.
 * @param moves - One for each image.
 */
export function movePixels(images: Tensor, moves: readonly PixelMove[]): Tensor {
  const [, height, width] = images.shape as [number, number, number, number];
  const sources = new Int32Array(moves.length * height * width).fill(height * width);
  const targets = sources.slice();
  moves.forEach((move, index) => {
    const within = [index * height * width, (index + 1) * height * width] as const;
    connect(sources.subarray(...within), targets.subarray(...within), move, [height, width]);
  });
  return linearMap(
    images,
    (each) => lookUp(each, sources),
    (each) => lookUp(each, targets),
  );
}

/** Writes for each pixel of an image where it comes from, and for each where it goes. */
function connect(
  sources: Int32Array,
  targets: Int32Array,
  { down, right, blank }: PixelMove,
  [height, width]: readonly [number, number],
): void {
  for (let row = Math.max(0, down); row < Math.min(height, height + down); row += 1) {
    const isBlankRow = row >= blank.top && row < blank.bottom;
    for (let column = Math.max(0, right); column < Math.min(width, width + right); column += 1) {
      if (isBlankRow && column >= blank.left && column < blank.right) continue;
      const [from, to] = [(row - down) * width + column - right, row * width + column];
      sources[to] = from;
      targets[from] = to;
    }
  }
}

/** Each image from pixels of its own, by their numbers; the number behind the last pixel stands for 0. */
function lookUp(images: Tensor, places: Int32Array): Tensor {
  return tidy(() => {
    const [count, height, width, channels] = images.shape as [number, number, number, number];
    const pixels = concat([reshape(images, [count, height * width, channels]), zeros([count, 1, channels])], 1);
    const found = gather(pixels, tensor(places, [count, height * width], 'int32'), 1, 1);
    return reshape(found, images.shape);
  });
}
