import type { ArrayData } from '../../../data/array-data.js';
import type { Pause } from '../features/read-rows.js';
import { frechetDistance } from '../metrics/frechet/frechet-distance.js';
import { inceptionScore } from '../metrics/inception-score.js';
import { kernelDistance } from '../metrics/kernel-distance.js';
import { meanPairwiseDistance } from '../metrics/mean-pairwise-distance.js';
import type { Score } from '../metrics/measure-options.js';
import { birthdayTest } from '../metrics/neighbours/birthday-test.js';
import { densityCoverage } from '../metrics/neighbours/density-coverage.js';
import { nearestNeighbours } from '../metrics/neighbours/nearest-neighbours.js';
import { precisionRecall } from '../metrics/neighbours/precision-recall.js';
import { slicedWasserstein } from '../metrics/sliced-wasserstein.js';
import type { QualityName, QualityScore } from './quality-report.js';

interface Run {
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly pause: Pause;
}

type Scores<T extends Score> = Partial<Record<QualityName, T>>;

/** The scores that held-out samples can have as well as generated ones. */
export async function compare(
  real: ArrayData,
  samples: ArrayData,
  chances: ArrayData | undefined,
  { seed, signal, pause }: Run,
): Promise<Scores<Score>> {
  const found: Record<string, Score> = {};
  // Small sets end before their own pauses; so there is one between any two.
  const add = async (scores: Record<string, Score>) => {
    Object.assign(found, scores);
    await pause();
  };
  await add({ frechetDistance: await frechetDistance(real, samples, { seed, signal }) });
  await add({ kernelDistance: await kernelDistance(real, samples, { seed, signal }) });
  await add({ slicedWasserstein: await slicedWasserstein(real, samples, { seed, signal }) });
  await add({ ...(await precisionRecall(real, samples, { signal })) });
  await add({ ...(await densityCoverage(real, samples, { signal })) });
  await add({ diversity: await meanPairwiseDistance(samples, { signal }) });
  if (chances) await add({ inceptionScore: await inceptionScore(chances, { seed, signal }) });
  return found;
}

/** The scores that tell of repetition and of copies, which bring their own floors. */
export async function compareWithTraining(
  real: ArrayData,
  generated: ArrayData,
  heldOut: ArrayData | undefined,
  { seed, signal, pause }: Run,
): Promise<Scores<QualityScore>> {
  const { duplicates, floor: usual } = await birthdayTest(real, generated, { seed, signal });
  await pause();
  const { distance, floor, copied } = await nearestNeighbours(generated, real, { heldOut, signal });
  return {
    duplicates: { ...duplicates, floor: usual },
    nearestReal: { ...distance, floor },
    ...(copied ? { copied } : {}),
  };
}
