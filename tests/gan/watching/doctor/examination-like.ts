import type { Examination } from '../../../../src/gan/watching/doctor/examination.js';

type Parts = { readonly [Part in keyof Examination]?: Partial<Examination[Part]> };

/** An examination of a healthy run on data of [-1, 1], to be changed in one place by a test. */
export function examinationLike(change: Parts = {}): Examination {
  return {
    step: change.step === undefined ? 1000 : Number(change.step),
    curves: { realScore: 0.6, fakeScore: 0.4, scoreSwing: 0.05, lossSize: 1.4, ...change.curves },
    updates: {
      first: { discriminator: 0.01, generator: 0.01 },
      last: { discriminator: 0.005, generator: 0.005 },
      ...change.updates,
    },
    data: {
      count: 256,
      seen: 2000,
      isWhole: false,
      repeats: false,
      low: -1,
      high: 1,
      size: 0.6,
      spread: 1.2,
      ...change.data,
    },
    samples: { count: 128, diversity: 0.9, distance: 0.05, near: 0.02, ...change.samples },
    ...(change.conditions && {
      conditions: { share: 0.4, shareError: 0.02, reproduced: 0.9, reproducedError: 0.05, ...change.conditions },
    }),
  };
}
