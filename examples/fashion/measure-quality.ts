import type { LayersModel } from '@tensorflow/tfjs-layers';
import { evaluateSamples, type QualityReport, trainFeatureExtractor } from 'minimart';
import { drawSamples } from './draw-samples.js';
import { firstImages, pickImages } from './images.js';
import type { LabelledImages } from './load-images.js';

/** How far samples lie from real images, and other real images in their place. */
export interface Quality {
  readonly report: QualityReport;
  /** Share of images that the classifier, whose features are compared, takes for what they are. */
  readonly accuracy: number;
}

/** The smallest number of images of which scores can be made. */
const fewest = 20;

/**
 * Measures samples in the features of a small classifier, which is trained for it in some seconds: the same one in every run on the
 * same images, so that runs compare. Undefined where there are too few images or only one kind.
 */
export async function measureQuality(
  generator: LayersModel,
  { images, labels }: LabelledImages,
): Promise<Quality | undefined> {
  const count = Math.min(2000, Math.floor(labels.length / 2));
  if (count < fewest || new Set(labels).size < 2) return undefined;
  const known = Math.min(10_000, labels.length);
  const extractor = await trainFeatureExtractor(firstImages(images, known), labels.slice(0, known), {
    seed: 1,
    epochs: 2,
    filters: [16, 32],
    featureSize: 64,
  });
  try {
    const report = await evaluateSamples({
      real: firstImages(images, count),
      heldOut: pickImages(images, count, count),
      generated: await drawSamples(generator, count),
      features: extractor,
      seed: 1,
    });
    return { report, accuracy: extractor.accuracy };
  } finally {
    extractor.model.dispose();
  }
}
