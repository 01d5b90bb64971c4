import { Tensor } from '@tensorflow/tfjs-core';
import type { ArrayData, NumericArray } from '../data/array-data.js';
import { refuse, requirePositiveInteger } from '../internal/require.js';
import { type SyntheticMark, syntheticText } from './synthetic-mark.js';

/** Options of {@link encodeImageGrid} and {@link writeImageGrid}. */
export interface ImageGridOptions {
  /** Values of black and of full light; others are clipped. `[0, 1]` for sigmoid, `[-1, 1]` for tanh. Default `[0, 1]`. */
  readonly range?: readonly [low: number, high: number];
  /** Images in a row, >= 1. Default: the square root of their number, rounded up. */
  readonly columns?: number;
  /** Pixels in height and width for each pixel of an image, >= 1. Default 1. */
  readonly scale?: number;
  /** Dark pixels between images, >= 0. Default 2. */
  readonly gap?: number;
  /**
   * Whether the file says, in text chunks that viewers and search engines can read, that its pictures are synthetic, and
   * which generator drew them: set it for samples of a generator. Default `false`.
   */
  readonly synthetic?: SyntheticMark;
}

/** Pixels of a whole picture, 8 bits each. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
  /** Text chunks by keyword. */
  readonly text?: Record<string, string>;
}

/** Lays images `[N, H, W, C]` out in rows on one picture. */
export async function layOutImages(
  where: string,
  images: Tensor | ArrayData,
  options: ImageGridOptions,
): Promise<Picture> {
  const [count, height, width, channels] = requireImages(where, images.shape);
  const { range = [0, 1], columns = Math.ceil(Math.sqrt(count)), scale = 1, gap = 2, synthetic = false } = options;
  const text = syntheticText(where, synthetic);
  requirePositiveInteger(where, 'columns', columns);
  requirePositiveInteger(where, 'scale', scale);
  if (!(Number.isSafeInteger(gap) && gap >= 0)) refuse(where, 'gap', 'be a whole number >= 0', gap);
  if (!(range[0] < range[1])) refuse(where, 'range', 'be two rising numbers', range);
  const values: NumericArray = images instanceof Tensor ? await images.data() : images.values;
  const cell = { width: width * scale + gap, height: height * scale + gap };
  const rows = Math.ceil(count / columns);
  const size = { width: columns * cell.width - gap, height: rows * cell.height - gap };
  const data = new Uint8Array(size.width * size.height * channels);
  const picture: Picture = { ...size, channels, data, text };
  const bytes = toBytes(values, range);
  const pixels = height * width * channels;
  for (let index = 0; index < count; index += 1) {
    const place = { left: (index % columns) * cell.width, top: Math.floor(index / columns) * cell.height };
    drawImage(picture, place, bytes.subarray(index * pixels, (index + 1) * pixels), width, scale);
  }
  return picture;
}

function toBytes(values: NumericArray, [low, high]: readonly [number, number]): Uint8ClampedArray {
  // This kind of array rounds, and clips to 0..255, by itself.
  const bytes = new Uint8ClampedArray(values.length);
  for (let index = 0; index < values.length; index += 1) bytes[index] = (255 * (values[index]! - low)) / (high - low);
  return bytes;
}

function drawImage(
  picture: Picture,
  { left, top }: { readonly left: number; readonly top: number },
  image: Uint8ClampedArray,
  width: number,
  scale: number,
): void {
  const { channels, data } = picture;
  const height = image.length / (width * channels);
  for (let y = 0; y < height * scale; y += 1) {
    for (let x = 0; x < width * scale; x += 1) {
      const from = (Math.floor(y / scale) * width + Math.floor(x / scale)) * channels;
      const to = ((top + y) * picture.width + left + x) * channels;
      for (let channel = 0; channel < channels; channel += 1) data[to + channel] = image[from + channel]!;
    }
  }
}

function requireImages(where: string, shape: readonly number[]): readonly [number, number, number, number] {
  const [count = 0, height = 0, width = 0, channels = 0] = shape;
  if (shape.length !== 4 || count < 1 || ![1, 3, 4].includes(channels)) {
    refuse(where, 'images', 'have the shape [N, H, W, C] with one, three or four channels', [...shape]);
  }
  return [count, height, width, channels];
}
