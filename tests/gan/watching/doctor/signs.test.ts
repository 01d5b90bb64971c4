import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../../src/gan/watching/doctor/diagnose.js';
import { defaultLimits } from '../../../../src/gan/watching/doctor/limits.js';
import { examinationLike } from './examination-like.js';

const patience = { warmUp: 500, persistence: 3 };
type Change = NonNullable<Parameters<typeof examinationLike>[0]>;

/** Examinations at steps 1000, 1100, …, one for each change. */
function found(...changes: Change[]) {
  const examinations = changes.map((change, index) => examinationLike({ step: 1000 + 100 * index, ...change }));
  return diagnose(examinations, defaultLimits, patience);
}

const always = (change: Change) => found(change, change, change);

test('a healthy run has no finding', () => {
  expect(always({})).toBeUndefined();
  expect(always({ conditions: {} })).toBeUndefined();
  expect(diagnose([], defaultLimits, patience)).toBeUndefined();
});

describe('wrong-data-range', () => {
  const tanh = { low: -1, high: 1, because: 'the generator ends in tanh' };

  test('names data that use half of a bounded range, with both ranges', () => {
    const finding = always({ data: { low: 0, high: 1, range: tanh } });
    expect(finding?.verdict).toBe('wrong-data-range');
    expect(finding?.evidence).toContain('real samples hold values from 0 to 1; the generator ends in tanh');
    expect(finding?.evidence).toContain('50% of it is used');
    expect(finding?.remedy).toContain("end the generator in 'sigmoid'");
  });

  test('accepts data that use most of it', () => {
    expect(always({ data: { low: -0.4, high: 0.9, range: tanh } })).toBeUndefined();
  });

  test.each([
    [113, 0, 255],
    [0.001, 0, 0.004],
  ])('names a root mean square of %d where nothing bounds the generator', (size, low, high) => {
    expect(always({ data: { size, low, high } })?.evidence).toContain(`root mean square ${size}`);
    const above = { low: 0, high: Number.MAX_VALUE, because: 'the generator ends in relu' };
    expect(always({ data: { size, low, high, range: above } })?.verdict).toBe('wrong-data-range');
  });

  test.each([0.02, 9])('accepts a root mean square of %d', (size) => {
    expect(always({ data: { size } })).toBeUndefined();
  });

  test('names data of which all samples are one', () => {
    const finding = always({ data: { count: 1, spread: 0, seen: 640 } });
    expect(finding?.evidence).toBe('all 640 real samples so far are the same one');
  });

  test('waits for 32 samples, and for nothing else', () => {
    const data = { low: 0, high: 1, range: tanh };
    expect(
      diagnose([examinationLike({ step: 3, data: { ...data, seen: 31 } })], defaultLimits, patience),
    ).toBeUndefined();
    const early = diagnose([examinationLike({ step: 3, data: { ...data, seen: 32 } })], defaultLimits, patience);
    expect(early?.verdict).toBe('wrong-data-range');
  });
});

describe('weights-stand-still', () => {
  test.each(['discriminator', 'generator'] as const)('names a %s whose weights did not move', (network) => {
    const first = { discriminator: 0.01, generator: 0.01, [network]: 0 };
    const finding = diagnose([examinationLike({ step: 11, updates: { first } })], defaultLimits, patience);
    expect(finding?.verdict).toBe('weights-stand-still');
    expect(finding?.evidence).toContain(`a step changed 0% of the weights of the ${network} in the first steps`);
  });

  test('accepts small steps, a rate that has fallen to nothing at the end, and a run of which nothing was measured', () => {
    expect(always({ updates: { first: { discriminator: 2e-6, generator: 2e-6 } } })).toBeUndefined();
    expect(always({ updates: { last: { discriminator: 0, generator: 0 } } })).toBeUndefined();
    const none = { discriminator: Number.NaN, generator: Number.NaN };
    expect(always({ updates: { first: none, last: none } })).toBeUndefined();
  });
});

describe('learning-rate-too-high', () => {
  test.each(['discriminator', 'generator'] as const)('names first steps that change the %s by 8%% each', (network) => {
    const first = { discriminator: 0.01, generator: 0.01, [network]: 0.08 };
    const finding = diagnose([examinationLike({ step: 11, updates: { first } })], defaultLimits, patience);
    expect(finding?.verdict).toBe('learning-rate-too-high');
    expect(finding?.evidence).toContain(`the weights of the ${network} by 8% in the first steps`);
  });

  test('names later steps that do', () => {
    const finding = always({ updates: { last: { discriminator: 0.01, generator: 0.09 } } });
    expect(finding?.evidence).toContain('the weights of the generator by 9% lately');
  });

  test('accepts 6%, and a run of which nothing was measured', () => {
    expect(always({ updates: { first: { discriminator: 0.06, generator: 0.06 } } })).toBeUndefined();
    const none = { discriminator: Number.NaN, generator: Number.NaN };
    expect(always({ updates: { first: none, last: none } })).toBeUndefined();
  });

  test('names scores that swing for as long as signs must persist', () => {
    const finding = found(...[0.4, 0.3, 0.5].map((scoreSwing) => ({ curves: { scoreSwing } })));
    expect(finding?.verdict).toBe('learning-rate-too-high');
    expect(finding?.evidence).toContain('by 0.3 and more from one report to the next since step 1000');
    expect(found(...[0.4, 0.2, 0.5].map((scoreSwing) => ({ curves: { scoreSwing } })))).toBeUndefined();
  });

  test('names a loss that grows without bounds, not one that is merely large', () => {
    const finding = found(...[2000, 5000, 9000].map((lossSize) => ({ curves: { lossSize } })));
    expect(finding?.evidence).toBe('a loss grew from 2000 to 9000 since step 1000');
    expect(found(...[2000, 5000, 4000].map((lossSize) => ({ curves: { lossSize } })))).toBeUndefined();
  });
});

describe('memorising', () => {
  test('names varied samples of which many lie on training samples', () => {
    const finding = always({ samples: { near: 0.4 }, data: { isWhole: true, count: 16 } });
    expect(finding?.verdict).toBe('memorising');
    expect(finding?.evidence).toContain('40% of generated samples');
    expect(finding?.evidence).toContain('no more than 16 training samples');
  });

  test('accepts what chance brings, one point that happens to lie on a sample, and data that repeat', () => {
    expect(always({ samples: { near: 0.2 } })).toBeUndefined();
    expect(always({ samples: { near: 1, diversity: 0.2 } })).toBeUndefined();
    expect(always({ samples: { near: 0.4 }, data: { repeats: true } })).toBeUndefined();
  });
});

describe('discriminator-saturated', () => {
  const sure = { realScore: 0.99, fakeScore: 0.001 };

  test('names a discriminator that is sure while the generator gains nothing', () => {
    const finding = found(...[0.9, 0.91, 0.89].map((distance) => ({ curves: sure, samples: { distance } })));
    expect(finding?.verdict).toBe('discriminator-saturated');
    expect(finding?.evidence).toContain('real samples 0.99 and fakes 0.001, and since step 1000');
    expect(finding?.evidence).toContain('from 0.9 to 0.89');
  });

  test('accepts it while the generator gains, or is as good as the data', () => {
    expect(found(...[0.9, 0.8, 0.7].map((distance) => ({ curves: sure, samples: { distance } })))).toBeUndefined();
    expect(always({ curves: sure, samples: { distance: 0.05 } })).toBeUndefined();
  });

  test('accepts a discriminator that is nearly sure', () => {
    expect(always({ curves: { realScore: 0.95, fakeScore: 0.05 }, samples: { distance: 0.9 } })).toBeUndefined();
  });
});

describe('generator-collapsed', () => {
  test('names samples that stay alike', () => {
    const finding = found(...[0.1, 0.05, 0.08].map((diversity) => ({ samples: { diversity } })));
    expect(finding?.verdict).toBe('generator-collapsed');
    expect(finding?.evidence).toContain('8% as far apart as two real ones');
  });

  test('accepts samples that become more varied, and those that are varied enough', () => {
    expect(found(...[0.05, 0.08, 0.12].map((diversity) => ({ samples: { diversity } })))).toBeUndefined();
    expect(always({ samples: { diversity: 0.2 } })).toBeUndefined();
  });
});

describe('condition-ignored', () => {
  const conditions = { reproduced: 0.05, reproducedError: 0.05 };

  test('names generated samples that do not follow what real ones follow', () => {
    const finding = always({ conditions });
    expect(finding?.verdict).toBe('condition-ignored');
    expect(finding?.evidence).toContain('conditions explain 40% of the variance of real samples');
    expect(finding?.evidence).toContain('reproduce 5% of that');
  });

  test('accepts conditions that real samples do not follow either, within three standard errors', () => {
    expect(always({ conditions: { ...conditions, share: 0.01, shareError: 0.001 } })).toBeUndefined();
    expect(always({ conditions: { ...conditions, share: 0.1, shareError: 0.04 } })).toBeUndefined();
  });

  test('accepts a generator that begins to follow, one that is not varied yet, and one that is not known well', () => {
    const rising = [0.02, 0.05, 0.09].map((reproduced) => ({ conditions: { ...conditions, reproduced } }));
    expect(found(...rising)).toBeUndefined();
    expect(always({ conditions, samples: { diversity: 0.2 } })).toBeUndefined();
    expect(always({ conditions: { ...conditions, reproducedError: 0.3 } })).toBeUndefined();
  });
});

describe('of several signs', () => {
  const sure = { realScore: 0.99, fakeScore: 0.001 };
  const everything: Change = {
    data: { size: 100 },
    updates: { first: { discriminator: 0.5, generator: 0.5 } },
    curves: sure,
    samples: { diversity: 0.01, distance: 0.9 },
    conditions: { reproduced: 0 },
  };

  test('the one that causes the others is told', () => {
    expect(always(everything)?.verdict).toBe('wrong-data-range');
    expect(always({ ...everything, data: {} })?.verdict).toBe('learning-rate-too-high');
    expect(always({ ...everything, data: {}, updates: {} })?.verdict).toBe('discriminator-saturated');
    expect(always({ ...everything, data: {}, updates: {}, curves: {} })?.verdict).toBe('generator-collapsed');
  });

  test('those of samples and scores must last, and not begin in the warm-up', () => {
    const collapsed = examinationLike({ samples: { diversity: 0.01 } });
    expect(diagnose([collapsed, collapsed], defaultLimits, patience)).toBeUndefined();
    expect(diagnose([examinationLike(), collapsed, collapsed], defaultLimits, patience)).toBeUndefined();
    const early = { ...collapsed, step: 499 };
    expect(diagnose([early, collapsed, collapsed], defaultLimits, patience)).toBeUndefined();
    expect(diagnose([collapsed, collapsed, collapsed], defaultLimits, patience)?.verdict).toBe('generator-collapsed');
  });
});
