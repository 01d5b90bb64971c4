import {
  birthdayTest,
  classAccuracy,
  densityCoverage,
  evaluateSamples,
  frechetDistance,
  inceptionScore,
  kernelDistance,
  meanPairwiseDistance,
  nearestNeighbours,
  precisionRecall,
  ratingSheet,
  slicedWasserstein,
  trainFeatureExtractor,
} from 'minimart';
import { normalRows } from '../gan/quality/random-rows.js';
import type { EventLoopRows } from './event-loop-rows.js';

/** Every asynchronous function of gan/quality, at work that takes longer than the event loop may be held. */
export function qualityRows(): EventLoopRows {
  const real = normalRows(2000, 128, 1);
  const generated = normalRows(1600, 128, 2);
  const [wide, wider] = [normalRows(600, 512, 3), normalRows(600, 512, 4)];
  const [narrower, narrowest] = [normalRows(400, 256, 6), normalRows(400, 256, 7)];
  const chances = { values: new Float32Array(20_000 * 100).fill(0.01), shape: [20_000, 100] };
  const many = { values: new Float32Array(2_000_000 * 10).fill(0.1), shape: [2_000_000, 10] };
  // Copies of one sample, as of a generator that collapsed: every distance is a case of doubt.
  const same = { values: new Float32Array(200 * 1024).fill(0.7), shape: [200, 1024] };
  const copies = { values: new Float32Array(2000 * 1024).fill(0.7), shape: [2000, 1024] };
  const images = { values: normalRows(2000, 144, 5).values, shape: [2000, 12, 12, 1] };
  const labels = Int32Array.from({ length: 2000 }, (_, index) => index % 3);
  return {
    birthdayTest: (signal) => birthdayTest(real, generated, { batchSize: 400, signal }),
    classAccuracy: (signal) => classAccuracy(many, new Int32Array(2_000_000), { signal }),
    densityCoverage: (signal) => densityCoverage(real, generated, { signal }),
    evaluateSamples: (signal) => evaluateSamples({ real: narrower, generated: narrowest, signal }),
    frechetDistance: (signal) => frechetDistance(wide, wider, { signal }),
    inceptionScore: (signal) => inceptionScore(chances, { signal }),
    kernelDistance: (signal) => kernelDistance(real, generated, { subsetSize: 500, subsets: 14, signal }),
    meanPairwiseDistance: (signal) => meanPairwiseDistance(copies, { signal }),
    nearestNeighbours: (signal) => nearestNeighbours(same, same, { heldOut: same, signal }),
    precisionRecall: (signal) => precisionRecall(real, generated, { signal }),
    ratingSheet: (signal) => ratingSheet({ real: chances, generated: chances, count: 20_000, signal }),
    slicedWasserstein: (signal) => slicedWasserstein(real, generated, { signal }),
    trainFeatureExtractor: async (signal) => {
      const options = { epochs: 1, batchSize: 32, filters: [8], featureSize: 16, signal };
      (await trainFeatureExtractor(images, labels, options)).model.dispose();
    },
  };
}
