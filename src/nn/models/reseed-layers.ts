import type { layers } from '@tensorflow/tfjs-layers';
import type { Rng } from '../../random/rng.js';
import { walkLayers } from './walk-layers.js';

/** A layer that draws random numbers from a stream that can be given to it. Layers of your own may be one too. */
export interface Reseedable {
  /** Takes all further random numbers from `rng`. */
  reseed(rng: Rng): void;
}

/**
 * Gives each stochastic layer of a model, those of nested models included, a stream of its own.
 *
 * Streams are named by position (`'2'`, or `'2/0'` inside the third layer), never by tfjs's layer names, whose counters
 * differ from run to run: equal models get equal streams. A layer that stands in two places has one stream.
 *
 * @param model - Any model; layers without a `reseed` method are passed over.
 * @param rng - Where the streams are taken from; it does not move.
 * @returns The streams by position, to be saved and restored with a checkpoint.
 * @example
 * const streams = reseedLayers(discriminator, rng.stream('dropout'));
 * [...streams.keys()]; // ['4']: the dropout after flatten, dense and activation
 */
export function reseedLayers(model: layers.Layer, rng: Rng): Map<string, Rng> {
  const streams = new Map<string, Rng>();
  for (const { layer, position } of walkLayers(model)) {
    if (!isReseedable(layer)) continue;
    const stream = rng.stream(position);
    layer.reseed(stream);
    streams.set(position, stream);
  }
  return streams;
}

function isReseedable(layer: object): layer is Reseedable {
  return 'reseed' in layer && typeof layer.reseed === 'function';
}
