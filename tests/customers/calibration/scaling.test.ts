import {
  calibrateScores,
  createRng,
  decodeCalibration,
  encodeCalibration,
  isotonicScaling,
  plattScaling,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { type Forgery, forged } from '../../support/forge-file.js';

const scalings = { plattScaling, isotonicScaling };

// Sixty cases, some with equal scores; labels are those that scikit-learn 1.9.1 was given.
const scores = Array.from({ length: 60 }, (_, row) => {
  const place = row >= 10 && row < 20 ? row - 10 : row;
  return ((place * 37) % 101) / 10 - 5;
});
const ones = '101011011101001101110100101101101011111000010110110101101100';
const labels = Array.from(ones, Number);
const asked = [-7, -5, -1.234, 0, 2.5, 5, 8];

async function expectChances(found: Promise<Float64Array>, expected: readonly number[]) {
  const chances = await found;
  expect(chances.length).toBe(expected.length);
  for (const [place, chance] of expected.entries()) expect(chances[place]).toBeCloseTo(chance, 8);
}

describe('Platt scaling', () => {
  // LogisticRegression(C=inf, solver='newton-cholesky', tol=1e-14).fit([s, s], [1.., 0..], sample_weight=[t, 1 - t]) with Platt's targets t,
  // and predict_proba; sklearn.calibration._sigmoid_calibration(s, y) gives the same line.
  test('is that of scikit-learn', async () => {
    const calibration = await plattScaling(scores, labels);
    const { slope, centre, level } = calibration.state.values as Record<'slope' | 'centre' | 'level', number>;
    expect(slope).toBeCloseTo(0.59352394, 7);
    expect(level - slope * centre).toBeCloseTo(0.65947579, 7);
    await expectChances(
      calibration.apply(asked),
      [
        0.0294493480452248, 0.09045072622521529, 0.4817748881375517, 0.6591426217142985, 0.8950396771825344,
        0.9740955721553097, 0.9955379162333262,
      ],
    );
    expect(calibration).toMatchObject({ name: 'Platt scaling', scorer: 'scores', cases: 60, doubts: [] });
  });

  test('stays finite where scores part the labels', async () => {
    // scikit-learn, as above, on -9.5, -8.5 ... 9.5: slope 0.42484778, level 0.
    const parted = Array.from({ length: 20 }, (_, row) => row - 9.5);
    const { state } = await plattScaling(
      parted,
      parted.map((score) => (score > 0 ? 1 : 0)),
    );
    expect(state.values.slope).toBeCloseTo(0.42484778, 7);
    expect(state.values.level).toBeCloseTo(0, 9);
  });

  test('does not depend on where scores begin, nor on their size', async () => {
    const plain = await (await plattScaling(scores, labels)).apply(scores);
    for (const move of [
      (score: number) => 1e9 + score,
      (score: number) => 1e300 * score,
      (score: number) => 1e-200 * score,
    ]) {
      const moved = scores.map(move);
      const found = await (await plattScaling(moved, labels)).apply(moved);
      for (const row of scores.keys()) expect(found[row]).toBeCloseTo(plain[row]!, 6);
    }
  });

  test('gives chances of scores that are as large as a number can be', async () => {
    const huge = scores.map((score) => score * 3e307);
    const chances = await (await plattScaling(huge, labels)).apply([...huge, 1.7e308, -1.7e308]);
    expect(chances.every((chance) => chance > 0 && chance < 1)).toBe(true);
  });
});

describe('isotonic regression', () => {
  // IsotonicRegression(y_min=1/62, y_max=61/62, out_of_bounds='clip').fit(s, y).predict(...)
  test('is that of scikit-learn', async () => {
    const calibration = await isotonicScaling(scores, labels);
    await expectChances(
      calibration.apply(asked),
      [
        0.09090909090909091, 0.09090909090909091, 0.375, 0.8333333333333334, 0.9086021505376345, 0.9838709677419355,
        0.9838709677419355,
      ],
    );
    const thresholds = [-5, -3.4, -3.1, -2.1, -2, -1.1, -0.8, -0.7, -0.4, 2.4, 2.6, 5];
    const { scores: knots } = calibration.state.lists;
    expect(Array.from(knots!, (knot) => Number(knot.toFixed(9)))).toEqual(thresholds);
    expect(calibration.doubts).toEqual([expect.stringMatching(/60 cases: below 1000/)]);
  });

  test('is the best of all that never fall, by trying them', async () => {
    // Five scores of 4, 4, 4, 4 and 4 cases: all rising chances in steps of 1/20.
    const rng = createRng(4);
    for (let trial = 0; trial < 5; trial += 1) {
      const rows = Array.from({ length: 60 }, (_, row) => row % 3);
      const marks = rows.map((row) => (rng.uniform() < [0.5, 0.45, 0.55][row]! ? 1 : 0));
      const loss = (chances: ArrayLike<number>) =>
        rows.reduce((sum, row, at) => sum + (chances[row]! - marks[at]!) ** 2, 0);
      const found = loss(await (await isotonicScaling(rows, marks)).apply([0, 1, 2]));
      for (let low = 0; low <= 40; low += 1) {
        for (let middle = low; middle <= 40; middle += 1) {
          for (let high = middle; high <= 40; high += 1) {
            expect(found).toBeLessThanOrEqual(loss([low / 40, middle / 40, high / 40]) + 1e-9);
          }
        }
      }
    }
  });
});

describe.each(Object.entries(scalings))('%s', (name, scale) => {
  test('gives cases of one score one chance, and rises with the score', async () => {
    const calibration = await scale(scores, labels);
    const grid = Array.from({ length: 200 }, (_, place) => -8 + 0.08 * place);
    const chances = await calibration.apply(grid);
    for (let place = 1; place < grid.length; place += 1) {
      expect(chances[place]).toBeGreaterThanOrEqual(chances[place - 1]!);
    }
    expect(chances.every((chance) => chance > 0 && chance < 1)).toBe(true);
    // In another order of the cases, nothing changes.
    const order = createRng(2).permutation(60);
    const shuffled = await scale(
      Array.from(order, (row) => scores[row]!),
      Array.from(order, (row) => labels[row]!),
    );
    expect(await shuffled.apply(grid)).toEqual(chances);
  });

  test('gives everybody the share where higher scores have fewer ones, and says so', async () => {
    const calibration = await scale(
      scores.map((score) => -score),
      labels,
    );
    const [low, high] = await calibration.apply([-5, 5]);
    expect(low).toBe(high);
    expect(low).toBeCloseTo(35 / 60, 1);
    expect(calibration.doubts[0]).toMatch(/Higher scores have no higher share/);
  });

  const refused: readonly (readonly [string, ArrayLike<number>, ArrayLike<number>, RegExp])[] = [
    [
      'one class',
      scores,
      scores.map(() => 1),
      /`labels` must hold 10 ones or more, and as many zeros, received '60 ones and 0 zeros'/,
    ],
    ['few', scores.slice(0, 12), labels.slice(0, 12), /received '8 ones and 4 zeros'/],
    [
      'one score',
      scores.map(() => 3),
      labels,
      /`scores` must differ: one and the same for all says nothing, received 3/,
    ],
    ['zeros of two signs', scores.map((_, row) => (row % 2 ? 0 : -0)), labels, /`scores` must differ/],
    [
      'NaN',
      scores.map((score, row) => (row === 7 ? Number.NaN : score)),
      labels,
      /`scores\[7\]` must be a finite number/,
    ],
    ['infinity', scores.map((score, row) => (row === 7 ? -1 / 0 : score)), labels, /`scores\[7\]` must be a finite/],
    ['half a label', scores, labels.map((label) => label / 2), /`labels\[0\]` must be 0 or 1, received 0.5/],
    ['fewer labels', scores, labels.slice(1), /`labels` must be a list of 60 labels, one for each score, received 59/],
    ['nothing', [], [], /received '0 ones and 0 zeros'/],
    ['no list', 5 as never, labels, /`scores` must be a list of numbers, received 5/],
    ['no labels', scores, undefined as never, /`labels` must be a list of 60 labels/],
  ];
  test.each(refused)('refuses %s', async (_, given, marks, message) => {
    await expect(scale(given, marks)).rejects.toThrow(message);
    await expect(scale(given, marks)).rejects.toThrow(new RegExp(`^${name}: `));
  });

  test('refuses to be asked about what is no score', async () => {
    const calibration = await scale(scores, labels);
    await expect(calibration.apply([1, Number.NaN])).rejects.toThrow(/apply: `scores\[1\]` must be a finite number/);
    expect(await calibration.apply([])).toEqual(new Float64Array(0));
  });

  test('comes back from a file with the same bits', async () => {
    const calibration = await scale(scores, labels, { scorer: 'my model' });
    const bytes = await encodeCalibration(calibration);
    const again = await decodeCalibration(bytes);
    expect(await again.apply(asked)).toEqual(await calibration.apply(asked));
    const { name: method, scorer, cases, doubts } = calibration;
    expect(again).toMatchObject({ name: method, scorer, cases, doubts });
    expect(await encodeCalibration(again)).toEqual(bytes);
  });
});

const attacks: Record<string, readonly [keyof typeof scalings, Forgery, string]> = {
  'another method': [
    'plattScaling',
    (text) => Object.assign(text, { name: 'magic' }),
    "hold 'Platt scaling' or 'isotonic",
  ],
  'a line that falls': ['plattScaling', (text) => Object.assign(text.values, { slope: -1 }), 'hold a slope >= 0'],
  'no level': [
    'plattScaling',
    (text) => {
      delete text.values.level;
    },
    'hold a finite number at description.values.level',
  ],
  'no cases': ['plattScaling', (text) => Object.assign(text, { cases: 0 }), 'hold a whole number from 1'],
  'scores that fall': [
    'isotonicScaling',
    (_, { scores: list }) => {
      list.values[1] = list.values[0];
    },
    "hold rising numbers in 'scores'",
  ],
  'chances that fall': [
    'isotonicScaling',
    (_, { chances }) => {
      chances.values[5] = 1e-9;
    },
    "never fall in 'chances'",
  ],
  'a chance of 1': [
    'isotonicScaling',
    (_, { chances }) => {
      chances.values.fill(1);
    },
    'hold numbers above 0 and below 1',
  ],
  'no chances': [
    'isotonicScaling',
    (_, tensors) => {
      delete tensors.chances;
    },
    "hold numbers in a tensor 'chances'",
  ],
  'fewer chances': [
    'isotonicScaling',
    (_, tensors) => {
      tensors.chances = { shape: [1], values: Float64Array.of(0.5) };
    },
    "numbers in 'chances'",
  ],
};

test.each(Object.entries(attacks))('a file with %s is refused', async (_, [name, change, message]) => {
  const bytes = await forged(await encodeCalibration(await scalings[name](scores, labels)), change);
  await expect(decodeCalibration(bytes)).rejects.toThrow('decodeCalibration: `bytes` must ');
  await expect(decodeCalibration(bytes)).rejects.toThrow(message);
});

test('what is no calibration is not written', async () => {
  await expect(encodeCalibration(undefined as never)).rejects.toThrow(
    /encodeCalibration: `calibration` must be one of/,
  );
  await expect(encodeCalibration({ name: 'mine' } as never)).rejects.toThrow(
    /encodeCalibration: `calibration` must be/,
  );
});

describe('what a calibration is worth', () => {
  // A scorer that is twice as sure as it should be, and says too much.
  function overSure(count: number, seed: number) {
    const rng = createRng(seed);
    const truth = Float64Array.from({ length: count }, () => 1.5 * rng.normal());
    const came = truth.map((score) => (rng.uniform() < 1 / (1 + Math.exp(-score)) ? 1 : 0));
    return { said: truth.map((score) => 2 * score + 1), came, truth };
  }

  test.each(Object.entries(scalings))('%s finds the chances behind wrong ones', async (_, scaling) => {
    const { said, came } = overSure(4000, 1);
    const { calibration, gain, before, after, table } = await calibrateScores(said, came, { scaling });
    const fresh = overSure(2000, 2);
    const found = await calibration.apply(fresh.said);
    const error = found.reduce(
      (sum, chance, row) => sum + Math.abs(chance - 1 / (1 + Math.exp(-fresh.truth[row]!))),
      0,
    );
    expect(error / 2000).toBeLessThan(0.03);
    expect(gain.interval[0]).toBeGreaterThan(0.01);
    expect(gain.value).toBeCloseTo(before.brier.value - after.brier.value, 10);
    // By the definition: the mean of (1 / (1 + exp(-score)) - label)^2.
    const squares = said.reduce((sum, score, row) => sum + (1 / (1 + Math.exp(-score)) - came[row]!) ** 2, 0);
    expect(before.brier.value).toBeCloseTo(squares / 4000, 10);
    const outside = (rows: typeof before.rows) =>
      rows.filter(({ predicted, happened: { interval } }) => predicted < interval[0] || predicted > interval[1]).length;
    expect(outside(before.rows)).toBeGreaterThan(6);
    expect(outside(after.rows)).toBeLessThan(4);
    expect(table).toContain('| 400 |');
  });

  test('judges each case by what was learned from others', async () => {
    // A scaling that learns by heart: the label of each score it was given, 0.5 for all others.
    const { said, came } = overSure(200, 3);
    const byHeart = async (given: ArrayLike<number>, marks: ArrayLike<number>) => {
      const known = new Map(Array.from(given, (score, row) => [score, marks[row]!]));
      return {
        ...(await plattScaling(given, marks)),
        apply: async (list: ArrayLike<number>) => Float64Array.from(list, (score) => known.get(score) ?? 0.5),
      };
    };
    const { after, calibration } = await calibrateScores(said, came, { scaling: byHeart, folds: 4 });
    expect(after.brier).toEqual({ value: 0.25, interval: [0.25, 0.25] });
    expect(await calibration.apply(said)).toEqual(came);
  });

  test('says where chances were no worse before, or are no better than the share', async () => {
    const rng = createRng(5);
    const right = Float64Array.from({ length: 600 }, () => rng.normal());
    const came = right.map((score) => (rng.uniform() < 1 / (1 + Math.exp(-score)) ? 1 : 0));
    const { doubts } = await calibrateScores(right, came);
    expect(doubts).toEqual([expect.stringMatching(/not surely better than before/)]);
    const noise = right.map((_, row) => Math.sin(row));
    const { doubts: ofNoise, baselineBrier } = await calibrateScores(noise, came);
    expect(ofNoise.at(-1)).toMatch(/The share for everybody/);
    const share = came.reduce((sum, label) => sum + label, 0) / 600;
    expect(baselineBrier).toBeCloseTo(share * (1 - share), 12);
  });

  test('refuses too few, and options that are wrong', async () => {
    const few = Array.from({ length: 38 }, (_, row) => row);
    await expect(
      calibrateScores(
        few,
        few.map((row) => row % 2),
      ),
    ).rejects.toThrow(
      /calibrateScores: `labels` must hold 20 ones or more, and as many zeros, received '19 ones and 19 zeros'/,
    );
    await expect(calibrateScores(scores, labels, { folds: 1 })).rejects.toThrow(
      /`folds` must be a whole number from 2/,
    );
    await expect(calibrateScores(scores, labels, { scaling: 'platt' as never })).rejects.toThrow(
      /`scaling` must be a fun/,
    );
    await expect(calibrateScores(scores, labels, { scorer: 3 as never })).rejects.toThrow(/`scorer` must be a text/);
  });
});
