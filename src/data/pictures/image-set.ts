import { plainText } from '../../internal/describe.js';
import {
  refuse,
  requireFlag,
  requireFunction,
  requireOneOf,
  requireRange,
  requireSizes,
} from '../../internal/require.js';
import { requireKept, requireMostLost } from '../most-lost.js';
import type { ScaledData } from '../scaling/scaler.js';
import type { PictureShape } from './fit-picture.js';

/** Pictures of one size, as a GAN takes them. */
export interface ImageSet {
  /** `[N, H, W, C]`, float32, in the `range` that was asked for: the `data` of `trainGan`. */
  readonly images: ScaledData;
  /** For each picture the place of its label in `labelNames`: the `conditions` of `trainGan`. All 0 where there are no labels. */
  readonly labels: Int32Array;
  /** Names of the folders that pictures lie in, sorted; empty where they lie in none. */
  readonly labelNames: readonly string[];
  /** Name of each picture's file, with its folder, `/` between them. */
  readonly files: readonly string[];
  /** Names of files that do not end as pictures do, and were left out. */
  readonly skipped: readonly string[];
}

/** How far the reading is. */
export interface ImageSetProgress {
  /** Pictures that were read. */
  readonly step: number;
  /** Pictures in all. */
  readonly totalSteps: number;
  /** Name of the file that was read last. */
  readonly file: string;
}

/** Options of `readImageFiles`, and of `readImageFolder` in `minimart/node`. */
export interface ImageSetOptions {
  /** Height and width that all pictures are brought to, in pixels, such as `[64, 64]`. */
  readonly size: readonly [height: number, width: number];
  /** 1 for grey, 3 for colour. Default 3. */
  readonly channels?: 1 | 3;
  /**
   * What to do with pictures of other proportions: `'crop'` cuts both sides off, `'stretch'` presses them into shape.
   * Default `'crop'`.
   */
  readonly fit?: 'crop' | 'stretch';
  /** Values of black and of full light: `[0, 1]` for sigmoid, `[-1, 1]` for tanh. Default `[0, 1]`, as `recommendedGan` draws. */
  readonly range?: readonly [low: number, high: number];
  /** Whether folders are labels. Default: where pictures lie in folders. */
  readonly labels?: boolean;
  /** Largest share of the files that may be no pictures by their names, in [0, 1]: more is an error. Default 0.5. */
  readonly mostLost?: number;
  /** Called after each picture, and awaited. Default: none. */
  readonly onProgress?: (progress: ImageSetProgress) => void | Promise<void>;
  /** Stops the reading; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Names of {@link ImageSetOptions}. */
export const imageSetNames = {
  size: true,
  channels: true,
  fit: true,
  range: true,
  labels: true,
  mostLost: true,
  onProgress: true,
  signal: true,
} as const;

/** Checks {@link ImageSetOptions}, and says what pictures are to become. */
export function requireShape(where: string, options: ImageSetOptions): PictureShape {
  const { size, channels = 3, fit = 'crop', range, labels, mostLost, onProgress } = options;
  requireSizes(where, 'size', size);
  if (size.length !== 2) refuse(where, 'size', 'be [height, width]', size);
  if (channels !== 1 && channels !== 3) refuse(where, 'channels', 'be 1 or 3', channels);
  requireOneOf(where, 'fit', ['crop', 'stretch'], fit);
  if (range !== undefined) requireRange(where, 'range', range);
  if (labels !== undefined) requireFlag(where, 'labels', labels);
  requireMostLost(where, mostLost);
  requireFunction(where, 'onProgress', onProgress);
  return { height: size[0], width: size[1], channels, crop: fit === 'crop' };
}

/** The names of files that are pictures, and of those that are not, which may not be most of them. */
export function picturesAmong(
  where: string,
  argument: string,
  names: readonly string[],
  mostLost: number | undefined,
): { pictures: string[]; skipped: string[] } {
  const pictures = names.filter(isPictureName);
  // What begins with a dot is nothing that anybody put there.
  const skipped = names.filter((name) => !isPictureName(name));
  const others = skipped.filter((name) => !/(^|\/)\./.test(name));
  const why = () => `they do not end in .png, .jpg or .jpeg, such as '${plainText(others[0] ?? '', 60)}'`;
  const losses = { rows: pictures.length + others.length, lost: others.length, why, mostLost, things: 'files' };
  if (pictures.length > 0) requireKept(where, argument, losses);
  return { pictures, skipped };
}

/** Whether a file is called as pictures that can be read are. */
export function isPictureName(name: string): boolean {
  return /\.(png|jpe?g)$/i.test(name) && !/(^|\/)\./.test(name);
}

/** What numbers the pictures are brought to, from 0 to 255. */
export function writeImage(
  into: Float32Array,
  at: number,
  pixels: Float64Array,
  range: readonly [number, number],
): void {
  const [low, high] = range;
  for (let place = 0; place < pixels.length; place += 1) {
    into[at + place] = low + ((high - low) * Math.min(255, pixels[place]!)) / 255;
  }
}

/** Memory for all pictures, once it is known that it is not beyond any machine. */
export function roomFor(where: string, count: number, { height, width, channels }: PictureShape): ScaledData {
  const numbers = count * height * width * channels;
  const rule = `leave at most ${2 ** 30} numbers for ${count} pictures; choose a smaller one, or fewer pictures`;
  if (numbers > 2 ** 30) refuse(where, 'size', rule, [height, width]);
  return { values: new Float32Array(numbers), shape: [count, height, width, channels] };
}

/** Labels by the folder of each file, the first part of its name. */
export function labelsOf(
  where: string,
  argument: string,
  files: readonly string[],
  wanted: boolean | undefined,
): Pick<ImageSet, 'labels' | 'labelNames'> {
  const folders = files.map((file) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : undefined));
  const bare = folders.indexOf(undefined);
  const isLabelled = wanted ?? folders.some((folder) => folder !== undefined);
  if (!isLabelled) return { labels: new Int32Array(files.length), labelNames: [] };
  if (bare >= 0) {
    refuse(where, argument, 'hold every picture in a folder that is its label, or say `labels: false`', files[bare]);
  }
  const labelNames = [...new Set(folders as string[])].sort();
  const places = new Map(labelNames.map((name, place) => [name, place]));
  return { labels: Int32Array.from(folders as string[], (folder) => places.get(folder)!), labelNames };
}
