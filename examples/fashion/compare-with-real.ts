import {
  add,
  argMin,
  div,
  matMul,
  mean,
  min,
  mul,
  relu,
  sqrt,
  square,
  sub,
  sum,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type ArrayData, sampleGan } from 'minimart';
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
  /** Samples and under each its nearest reference, ten pairs. */
  readonly pairs: ArrayData;
}

interface Nearest {
  readonly places: ArrayLike<number>;
  readonly distance: number;
}

/** Compares fresh samples, and as a baseline the first real images, with the real images that follow. */
export async function compareWithReal(generator: LayersModel, { images, labels }: LabelledImages): Promise<Comparison> {
  const total = labels.length;
  const probes = Math.min(500, Math.floor(total / 2));
  const references = Math.min(10_000, total - probes);
  const places = Array.from({ length: references }, (_, index) => probes + index);
  const reference = pickImages(images, places);
  const samples = await sampleGan(generator, probes, { seed: 2 });
  const drawn: ArrayData = { values: Float32Array.from(await samples.data()), shape: samples.shape };
  samples.dispose();
  const generated = await findNearest(drawn, reference);
  const real = await findNearest(firstImages(images, probes), reference);
  const share = (found: Nearest, label: number) =>
    Array.from(found.places).filter((place) => labels[probes + place] === label).length / probes;
  return {
    probes,
    references,
    shares: garments.map((garment, label) => ({
      garment,
      generated: share(generated, label),
      real: share(real, label),
    })),
    distance: { generated: generated.distance, real: real.distance },
    pairs: joinImages([firstImages(drawn, 10), pickImages(reference, Array.from(generated.places).slice(0, 10))]),
  };
}

async function findNearest(probes: ArrayData, reference: ArrayData): Promise<Nearest> {
  const { place, distance } = tidy(() => {
    const from = asRows(probes);
    const to = asRows(reference);
    // |to|² - 2 from·to is least where |from - to|² is.
    const partial = sub(sum(square(to), 1), mul(2, matMul(from, to, false, true)));
    const squared = relu(add(min(partial, 1), sum(square(from), 1)));
    return { place: argMin(partial, 1), distance: mean(sqrt(div(squared, from.shape[1]))) };
  });
  const nearest = { places: await place.data(), distance: (await distance.data())[0]! };
  place.dispose();
  distance.dispose();
  return nearest;
}

function asRows({ values, shape }: ArrayData) {
  return tensor2d(Float32Array.from(values), [shape[0]!, values.length / shape[0]!]);
}
