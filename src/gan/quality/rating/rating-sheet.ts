import type { Tensor } from '@tensorflow/tfjs-core';
import { type ArrayData, requireSampleShape } from '../../../data/array-data.js';
import { type OptionNames, requireGivenOptions } from '../../../internal/options.js';
import { inStretches, type Pieces, piecemeal } from '../../../internal/pieces.js';
import { refuse, requirePositiveInteger, requireSeed } from '../../../internal/require.js';
import { pauseFor } from '../../../internal/signal.js';
import { createRng, permutationInPieces, type Rng } from '../../../random/rng.js';
import { type Rows, readRows } from '../features/read-rows.js';

/** Options of {@link ratingSheet}. */
export interface RatingSheetOptions {
  /** `[N, …]`: real samples, of one shape with the generated ones and best of one brightness and sharpness too. */
  readonly real: Tensor | ArrayData;
  /** `[M, …]`: generated samples. */
  readonly generated: Tensor | ArrayData;
  /** Samples of each kind on the sheet. Default 50, or as many as there are of both. */
  readonly count?: number;
  /** Samples on one page. Default 20. */
  readonly perPage?: number;
  /** Which samples are drawn, and their order; any safe integer. Default 0. */
  readonly seed?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** One sample on the sheet. */
export interface RatingItem {
  /** Its number on the sheet, from 1. */
  readonly item: number;
  /** Its page, from 1. */
  readonly page: number;
}

/** What the items are: plain JSON, to be kept from those who rate. */
export interface RatingKey {
  /** The seed of the sheet. */
  readonly seed: number;
  /** What item 1, 2, … is. */
  readonly truth: readonly ('real' | 'generated')[];
  /** Which of the real or of the generated samples item 1, 2, … is. */
  readonly places: readonly number[];
}

/** A sheet for people to rate. */
export interface RatingSheet {
  /** `[2 count, …]`: the samples in the order of the items. */
  readonly images: ArrayData;
  /** The items, which tell nothing of what they are. */
  readonly items: readonly RatingItem[];
  /** What they are. */
  readonly key: RatingKey;
}

/**
 * Mixes real and generated samples for people to tell apart, equally many of each, in random order.
 *
 * Keep `key` away from those who rate: the seed and the samples give it away too. `writeRatingSheet` of `minimart/node` makes
 * files of a sheet, and {@link scoreRatings} counts the answers.
 *
 * @param options - See {@link RatingSheetOptions}.
 * @returns Samples and items in the order of the sheet, and apart from them the key.
 * @throws RangeError when shapes differ or there are fewer than `count` samples of a kind.
 * @see Zhou et al., "HYPE: A Benchmark for Human eYe Perceptual Evaluation of Generative Models" (2019)
 * @example
 * const sheet = await ratingSheet({ real: images, generated: await sampleGan(generator, 16), count: 8, seed: 7 });
 * sheet.items.length; // 16
 * sheet.key.truth.filter((each) => each === 'generated').length; // 8
 */
export async function ratingSheet(options: RatingSheetOptions): Promise<RatingSheet> {
  const where = 'ratingSheet';
  requireGivenOptions(where, options, optionNames);
  const pause = pauseFor(where, options.signal);
  requireSeed(where, options.seed);
  const real = await readRows(where, 'real', options.real, pause);
  const generated = await readRows(where, 'generated', options.generated, pause);
  const sampleShape = options.real.shape.slice(1);
  requireSampleShape(where, 'generated', options.generated.shape, sampleShape);
  const most = Math.min(real.count, generated.count);
  const { count = Math.min(50, most), perPage = 20, seed = 0 } = options;
  requirePositiveInteger(where, 'count', count);
  requirePositiveInteger(where, 'perPage', perPage);
  if (count > most) refuse(where, 'count', `be at most ${most}, as there are samples of both kinds`, count);
  const rng = createRng(seed).stream('rating');
  const { items, truth, places } = await piecemeal(drawItems(rng, { real, generated }, count, perPage), pause);
  const values = await piecemeal(gather({ real, generated }, truth, places), pause);
  return { images: { values, shape: [2 * count, ...sampleShape] }, items, key: { seed, truth, places } };
}

// Which samples come, and in which order.
function* drawItems(rng: Rng, rows: Record<RatingKey['truth'][number], Rows>, count: number, perPage: number) {
  const real = yield* permutationInPieces(rng, rows.real.count);
  const generated = yield* permutationInPieces(rng, rows.generated.count);
  const order = yield* permutationInPieces(rng, 2 * count);
  const [items, truth, places]: [RatingItem[], RatingKey['truth'][number][], number[]] = [[], [], []];
  const list = (from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      const place = order[index]!;
      const isReal = place < count;
      items.push({ item: index + 1, page: Math.floor(index / perPage) + 1 });
      truth.push(isReal ? 'real' : 'generated');
      places.push((isReal ? real : generated)[place % count]!);
    }
  };
  yield* inStretches(2 * count, list, itemsInPiece);
  return { items, truth, places };
}

/** Numbers copied in one piece. */
const numbersInPiece = 2 ** 18;
/** Items made in one piece. */
const itemsInPiece = 2 ** 13;

const optionNames: OptionNames<RatingSheetOptions> = {
  real: true,
  generated: true,
  count: true,
  perPage: true,
  seed: true,
  signal: true,
};

function* gather(
  rows: Record<RatingKey['truth'][number], Rows>,
  truth: RatingKey['truth'],
  places: readonly number[],
): Pieces<Float32Array> {
  const { size } = rows.real;
  const values = new Float32Array(truth.length * size);
  const stretch = Math.ceil(numbersInPiece / (size + 64));
  yield* inStretches(
    truth.length,
    (from, to) => {
      for (let item = from; item < to; item += 1) {
        const place = places[item]! * size;
        values.set(rows[truth[item]!].values.subarray(place, place + size), item * size);
      }
    },
    stretch,
  );
  return values;
}
