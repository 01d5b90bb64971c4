import { mean, sub, type Tensor2D, tensor, tidy } from '@tensorflow/tfjs-core';
import { median } from '../../../statistics/moments.js';
import { distanceTable, meanDistance, nearestDistances } from './distance-table.js';
import { drawSamples, firstNoise } from './draw-samples.js';
import type { ConditionNumbers, DataNumbers, SampleNumbers, SampleProbe } from './examination.js';
import { examineConditions } from './examine-conditions.js';
import type { RealSamples } from './real-samples.js';

/** What came out. */
export interface SampleFindings {
  readonly data: Omit<DataNumbers, 'range'>;
  readonly samples: SampleNumbers;
  readonly conditions?: ConditionNumbers;
}

/** Draws samples and compares them with the real ones seen so far. Leaves no tensor and no change behind. */
export async function examineSamples(probe: SampleProbe): Promise<SampleFindings> {
  const { reals } = probe;
  const conditions = reals.conditions();
  const count = conditions.length > 0 ? Math.min(probe.noise.shape[0]!, reals.count) : probe.noise.shape[0]!;
  const real = { values: reals.values(), count: reals.count };
  const fake = drawSamples(probe.generator, firstNoise(probe.noise, count), conditions);
  const tensors = centredTensors(fake, real);
  try {
    const among = await distanceTable(tensors.fakesAlone, tensors.fakesAlone);
    const across = await distanceTable(tensors.fakes, tensors.reals);
    const between = await distanceTable(tensors.reals, tensors.reals);
    const spread = real.count < 2 ? 0 : meanDistance(between, true);
    const varied = count < 2 ? 0 : meanDistance(among, true);
    const usual = median(nearestDistances(between, true));
    const near = nearestDistances(across, false).filter((distance) => distance < usual / 3).length / count;
    const distance = (2 * meanDistance(across, false) - varied - spread) / spread;
    return {
      data: dataNumbers(reals, real.values, spread),
      samples: { count, diversity: varied / spread, distance, near },
      ...(conditions.length > 0 && { conditions: await examineConditions(probe) }),
    };
  } finally {
    for (const each of [fake, ...Object.values(tensors)]) each.dispose();
  }
}

function centredTensors(fake: Tensor2D, real: { readonly values: Float32Array; readonly count: number }) {
  return tidy(() => {
    const all = tensor(real.values, [real.count, real.values.length / real.count]) as Tensor2D;
    const middle = mean(all, 0);
    const [fakes, reals, fakesAlone] = [sub(fake, middle), sub(all, middle), sub(fake, mean(fake, 0))];
    return { fakes, reals, fakesAlone } as Record<'fakes' | 'reals' | 'fakesAlone', Tensor2D>;
  });
}

function dataNumbers(reals: RealSamples, values: Float32Array, spread: number): Omit<DataNumbers, 'range'> {
  let [low, high, squares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
    squares += value * value;
  }
  const { count, seen, isWhole, repeats } = reals;
  return { count, seen, isWhole, repeats, low, high, size: Math.sqrt(squares / values.length), spread };
}
