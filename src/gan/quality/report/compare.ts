import type { ArrayData } from '../../../data/array-data.js';
import { birthdayTest } from '../metrics/birthday-test.js';
import { densityCoverage } from '../metrics/density-coverage.js';
import { frechetDistance } from '../metrics/frechet/frechet-distance.js';
import { inceptionScore } from '../metrics/inception-score.js';
import { kernelDistance } from '../metrics/kernel-distance.js';
import { meanPairwiseDistance } from '../metrics/mean-pairwise-distance.js';
import { nearestNeighbours } from '../metrics/nearest-neighbours.js';
import { precisionRecall } from '../metrics/precision-recall.js';
import type { Score } from '../metrics/score.js';
import { slicedWasserstein } from '../metrics/sliced-wasserstein.js';
import type { QualityName, QualityScore } from './quality-report.js';

type Scores<T extends Score> = Partial<Record<QualityName, T>>;

/** The scores that held-out samples can have as well as generated ones. */
export async function compare(
  real: ArrayData,
  samples: ArrayData,
  chances: ArrayData | undefined,
  seed: number,
): Promise<Scores<Score>> {
  return {
    frechetDistance: await frechetDistance(real, samples, { seed }),
    kernelDistance: await kernelDistance(real, samples, { seed }),
    slicedWasserstein: await slicedWasserstein(real, samples, { seed }),
    ...(await precisionRecall(real, samples)),
    ...(await densityCoverage(real, samples)),
    diversity: await meanPairwiseDistance(samples),
    ...(chances ? { inceptionScore: await inceptionScore(chances, { seed }) } : {}),
  };
}

/** The scores that tell of repetition and of copies, which bring their own floors. */
export async function compareWithTraining(
  real: ArrayData,
  generated: ArrayData,
  heldOut: ArrayData | undefined,
  seed: number,
): Promise<Scores<QualityScore>> {
  const { duplicates, floor: usual } = await birthdayTest(real, generated, { seed });
  const { distance, floor, copied } = await nearestNeighbours(generated, real, { heldOut });
  return {
    duplicates: { ...duplicates, floor: usual },
    nearestReal: { ...distance, floor },
    ...(copied ? { copied } : {}),
  };
}
