import type { Tensor } from '@tensorflow/tfjs-core';
import type { ArrayData } from '../../data/array-data.js';
import { type Pause, type Rows, readRows, requireFeatures } from '../../gan/quality/features/read-rows.js';
import { refuse, requirePositiveInteger, requireRange, requireWholeNumber } from '../../internal/require.js';
import { type SyntheticMark, syntheticText } from '../rating/synthetic-mark.js';
import type { Picture } from './encode-png.js';

/** Options of {@link encodeImageGrid} and {@link writeImageGrid}. */
export interface ImageGridOptions {
  /**
   * Values of black and of full light: `[0, 1]` for sigmoid, `[-1, 1]` for tanh, `[0, 255]` for bytes. Values outside are
   * clipped. Images are refused that must be on another scale: more than a tenth of the values lies outside, or any by more
   * than the width of the range. Default `[0, 1]`, or `[0, 255]` for a Uint8Array or Uint8ClampedArray.
   */
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
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Images on the host, checked. */
export interface Images {
  readonly rows: Rows;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly range: readonly [low: number, high: number];
}

/** Most bytes of a picture. */
const mostBytes = 2 ** 29;

/** Reads images `[N, H, W, C]`, and refuses what would be drawn as something else than it is. */
export async function readImages(
  where: string,
  images: Tensor | ArrayData,
  { range = usualRange(images) }: Pick<ImageGridOptions, 'range'>,
  pause: Pause,
): Promise<Images> {
  requireRange(where, 'range', range);
  requireFeatures(where, 'images', images);
  const { shape } = images;
  const [count = 0, height = 0, width = 0, channels = 0] = shape;
  if (shape.length !== 4 || ![1, 3, 4].includes(channels)) {
    refuse(where, 'images', 'have the shape [N, H, W, C] with one, three or four channels', [...shape]);
  }
  const rows = await readRows(where, 'images', images, pause);
  await requireScale(where, rows, range, pause);
  return { rows, count, height, width, channels, range };
}

/** Lays images out in rows on one picture. */
export async function layOutImages(
  where: string,
  { rows, count, height, width, channels, range }: Images,
  options: Omit<ImageGridOptions, 'range'>,
  pause: Pause,
): Promise<Picture> {
  const { columns = Math.ceil(Math.sqrt(count)), scale = 1, gap = 2, synthetic = false } = options;
  const cell = { width: width * scale + gap, height: height * scale + gap };
  const size = {
    width: Math.min(columns, 2 ** 31) * cell.width - gap,
    height: Math.ceil(count / columns) * cell.height - gap,
  };
  const bytes = size.width * size.height * channels;
  if (bytes > mostBytes) {
    refuse(where, 'images', `make a picture of at most ${mostBytes} bytes; take fewer, or a smaller \`scale\``, bytes);
  }
  const picture = { ...size, channels, data: new Uint8Array(bytes), text: syntheticText(where, synthetic) };
  for (let index = 0; index < count; index += 1) {
    const image = toBytes(rows.values.subarray(index * rows.size, (index + 1) * rows.size), range);
    const place = { left: (index % columns) * cell.width, top: Math.floor(index / columns) * cell.height };
    await drawImage(picture, place, image, width, scale, pause);
  }
  return picture;
}

/** Checks the options but for the range, which depends on the images, before any work. */
export function requireGridOptions(where: string, { columns, scale, gap, synthetic, range }: ImageGridOptions): void {
  if (columns !== undefined) requirePositiveInteger(where, 'columns', columns);
  if (scale !== undefined) requirePositiveInteger(where, 'scale', scale);
  if (gap !== undefined) requireWholeNumber(where, 'gap', gap);
  if (synthetic !== undefined) syntheticText(where, synthetic);
  if (range !== undefined) requireRange(where, 'range', range);
}

function usualRange(images: Tensor | ArrayData): readonly [number, number] {
  const values = typeof images === 'object' && images !== null && 'values' in images ? images.values : undefined;
  return values instanceof Uint8Array || values instanceof Uint8ClampedArray ? [0, 255] : [0, 1];
}

async function requireScale(
  where: string,
  { values, count, size }: Rows,
  [low, high]: readonly [number, number],
  pause: Pause,
): Promise<void> {
  const reach = high - low;
  const slack = reach / 100;
  let outside = 0;
  for (let row = 0; row < count; row += 1) {
    for (let at = row * size; at < (row + 1) * size; at += 1) {
      const value = values[at]!;
      if (value >= low - slack && value <= high + slack) continue;
      outside += 1;
      const isFar = value < low - reach || value > high + reach;
      if (isFar || outside > values.length / 10) {
        const rule = `lie in \`range\`, here [${low}, ${high}]; say which, such as [-1, 1] or [0, 255]`;
        refuse(where, 'images', `${rule} (offender in image ${row})`, value);
      }
    }
    if (row % 16 === 0) await pause();
  }
}

function toBytes(values: Float32Array, [low, high]: readonly [number, number]): Uint8ClampedArray {
  // This kind of array rounds, and clips to 0..255, by itself.
  const bytes = new Uint8ClampedArray(values.length);
  for (let index = 0; index < values.length; index += 1) bytes[index] = (255 * (values[index]! - low)) / (high - low);
  return bytes;
}

async function drawImage(
  picture: Picture,
  { left, top }: { readonly left: number; readonly top: number },
  image: Uint8ClampedArray,
  width: number,
  scale: number,
  pause: Pause,
): Promise<void> {
  const { channels, data } = picture;
  const height = image.length / (width * channels);
  for (let y = 0; y < height * scale; y += 1) {
    const from = Math.floor(y / scale) * width;
    for (let x = 0; x < width * scale; x += 1) {
      const pixel = (from + Math.floor(x / scale)) * channels;
      const to = ((top + y) * picture.width + left + x) * channels;
      for (let channel = 0; channel < channels; channel += 1) data[to + channel] = image[pixel + channel]!;
    }
    await pause();
  }
}
