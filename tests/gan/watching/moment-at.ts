import { zeros } from '@tensorflow/tfjs-core';
import type { GanMoment } from '../../../src/gan/watching/gan-observer.js';
import { smallPair } from '../../support/gan-pair.js';

/** What an observer may look at: a moment of an untrained pair, to be changed in one place by a test. */
export function momentAt(
  step: number,
  { totalSteps = 1000, ...change }: Partial<GanMoment> & { readonly totalSteps?: number } = {},
): GanMoment {
  const losses = { discriminator: 1.4, generator: 0.7 };
  const report = { step, totalSteps, samplesPerSecond: 1, losses, realScore: 0.5, fakeScore: 0.5 };
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return { report, ...smallPair(), real: zeros([8, 4]), ...given };
}
