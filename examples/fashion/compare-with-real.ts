import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ArrayData } from 'minimart';
import { drawSamples } from './draw-samples.js';
import { findNearest } from './find-nearest.js';
import { firstImages, joinImages, pickImages } from './images.js';
import { garments, type LabelledImages } from './load-images.js';

/** What a look at the nearest real image of every sample tells. */
export interface Comparison {
  /** Samples drawn, and real images taken to compare them with. */
  readonly probes: number;
  /** Real images among which the nearest was looked for. */
  readonly references: number;
  /** Per garment, the share of probes whose nearest reference is one: for samples and for real images. */
  readonly shares: readonly { readonly garment: string; readonly generated: number; readonly real: number }[];
  /** Mean root-mean-square difference of pixels to the nearest reference, 0 to 1. */
  readonly distance: { readonly generated: number; readonly real: number };
  /** The first ten samples and under each its nearest reference. */
  readonly pairs: ArrayData;
}

/** Compares fresh samples, and as a baseline the first real images, with the real images that follow those. */
export async function compareWithReal(generator: LayersModel, { images, labels }: LabelledImages): Promise<Comparison> {
  const probes = Math.min(500, Math.floor(labels.length / 2));
  const references = Math.min(10_000, labels.length - probes);
  const reference = pickImages(images, probes, references);
  const drawn = await drawSamples(generator, probes);
  const generated = await findNearest(drawn, reference);
  const real = await findNearest(firstImages(images, probes), reference);
  const share = (places: readonly number[], label: number) =>
    places.filter((place) => labels[probes + place] === label).length / probes;
  return {
    probes,
    references,
    shares: garments.map((garment, label) => ({
      garment,
      generated: share(generated.places, label),
      real: share(real.places, label),
    })),
    distance: { generated: generated.distance, real: real.distance },
    pairs: joinImages([
      firstImages(drawn, 10),
      ...generated.places.slice(0, 10).map((place) => pickImages(reference, place, 1)),
    ]),
  };
}
