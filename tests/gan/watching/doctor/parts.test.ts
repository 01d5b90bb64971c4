import '../../../support/backends.js';
import { memory, mul, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { createRng, useBackend } from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { conditionNumbers } from '../../../../src/gan/watching/doctor/condition-numbers.js';
import { curveNumbers } from '../../../../src/gan/watching/doctor/curves.js';
import { distanceTable, meanDistance, nearestDistances } from '../../../../src/gan/watching/doctor/distance-table.js';
import { createRealSamples } from '../../../../src/gan/watching/doctor/real-samples.js';
import { createUpdateMeter } from '../../../../src/gan/watching/doctor/update-meter.js';
import { expectClose } from '../../../support/expect-close.js';
import { smallPair } from '../../../support/gan-pair.js';

beforeEach(() => useBackend('cpu'));

const normal = (seed: number, size: number) => createRng(seed).fillNormal(new Float32Array(size));

describe('the real samples kept', () => {
  const batchOf = (from: number, count: number) => Float32Array.from({ length: 2 * count }, (_, i) => 2 * from + i);

  test('stand in the store once, however often they come by', () => {
    const store = createRealSamples(10, createRng(1));
    for (let epoch = 0; epoch < 5; epoch += 1) store.add(batchOf(0, 4), 4);
    expect(store).toMatchObject({ count: 4, seen: 20, isWhole: true, repeats: false });
    expect([...store.values()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('are not taken for the whole before they came by five times, nor when the store is full', () => {
    const store = createRealSamples(10, createRng(1));
    for (let epoch = 0; epoch < 4; epoch += 1) store.add(batchOf(0, 4), 4);
    expect(store.isWhole).toBe(false);
    for (let batch = 0; batch < 30; batch += 1) store.add(batchOf(4 * batch, 4), 4);
    expect(store).toMatchObject({ count: 10, isWhole: false });
  });

  test('keep their conditions, also when later ones take their places', () => {
    const store = createRealSamples(8, createRng(1));
    for (let batch = 0; batch < 50; batch += 1) {
      store.add(
        batchOf(4 * batch, 4),
        4,
        Float32Array.from({ length: 4 }, (_, row) => 4 * batch + row),
      );
    }
    const [values, conditions] = [store.values(), store.conditions()];
    expect(conditions.length).toBe(8);
    expect(values.filter((_, index) => index % 2 === 0)).toEqual(conditions.map((condition) => 2 * condition));
    expect(Math.max(...conditions)).toBeGreaterThan(40);
  });

  test('are as likely to be late ones as early ones', () => {
    let late = 0;
    for (let seed = 0; seed < 100; seed += 1) {
      const store = createRealSamples(10, createRng(seed));
      for (let batch = 0; batch < 10; batch += 1) store.add(batchOf(10 * batch, 10), 10);
      late += store.values().filter((value, index) => index % 2 === 0 && value >= 100).length;
    }
    // 1,000 places, of which half should be of the second half; the standard deviation is 15.
    expect(Math.abs(late - 500)).toBeLessThan(60);
  });

  test('show when the data themselves repeat: equal ones in one batch', () => {
    const store = createRealSamples(10, createRng(1));
    store.add(Float32Array.of(1, 2, 1, 2, 3, 4), 3);
    expect(store.repeats).toBe(true);
  });
});

describe('distances', () => {
  test('equal those computed one by one in double precision', async () => {
    const [a, b] = [normal(1, 15), normal(2, 12)];
    const [from, to] = [tensor2d(a, [5, 3]), tensor2d(b, [4, 3])];
    const before = memory().numTensors;
    const table = await distanceTable(from, to);
    const own = await distanceTable(from, from);
    expect(memory().numTensors).toBe(before);
    const between = (x: Float32Array, i: number, y: Float32Array, j: number) =>
      Math.hypot(...[0, 1, 2].map((k) => x[3 * i + k]! - y[3 * j + k]!));
    const all = Array.from({ length: 20 }, (_, k) => between(a, k >> 2, b, k % 4));
    await expectClose(tensor1d(table.values), all, [20]);
    expect(meanDistance(table, false)).toBeCloseTo(all.reduce((sum, each) => sum + each) / 20, 5);
    const others = [0, 1, 2, 3, 4].map((i) => [0, 1, 2, 3, 4].filter((j) => j !== i).map((j) => between(a, i, a, j)));
    expect(meanDistance(own, true)).toBeCloseTo(others.flat().reduce((sum, each) => sum + each) / 20, 5);
    await expectClose(
      tensor1d(nearestDistances(own, true)),
      others.map((row) => Math.min(...row)),
      [5],
    );
    const nearest = [0, 1, 2, 3, 4].map((i) => Math.min(...all.slice(4 * i, 4 * i + 4)));
    await expectClose(tensor1d(nearestDistances(table, false)), nearest, [5]);
  });
});

describe('what conditions do', () => {
  const count = 400;
  const classes = Float32Array.from({ length: count }, (_, row) => row % 4);
  const others = createRng(9).permutation(count);
  // Class means on a square of side 2 around 0 (variance 1 in each direction) and noise of variance 0.25.
  const around = (seed: number, follows = true) =>
    normal(seed, 2 * count).map((value, index) => {
      const label = follows ? (index >> 1) % 4 : others[index >> 1]! % 4;
      return (index % 2 === 0 ? 2 * (label & 1) - 1 : (label & 2) - 1) + 0.5 * value;
    });
  const compare = (real: Float32Array, fake: Float32Array, conditions: Float32Array) =>
    conditionNumbers({ values: real, count }, { values: fake, count }, { values: conditions, count });

  test('is the share of the variance between classes, all reproduced by samples that follow them', () => {
    const { share, shareError, reproduced, reproducedError } = compare(around(1), around(2), classes);
    // Variance between classes 2, within them 0.5.
    expect(Math.abs(share - 2 / 2.5)).toBeLessThan(3 * shareError);
    expect(Math.abs(reproduced - 1)).toBeLessThan(3 * reproducedError);
    expect(shareError).toBeLessThan(0.1);
    expect(reproducedError).toBeLessThan(0.1);
  });

  test('is not reproduced by samples of the same shape that follow other classes', () => {
    const { reproduced, reproducedError } = compare(around(1), around(2, false), classes);
    expect(Math.abs(reproduced)).toBeLessThan(3 * reproducedError);
  });

  test('is measured by how far the means of classes are from those of real samples', () => {
    const half = compare(
      around(1),
      around(2).map((value) => value / 2),
      classes,
    );
    const opposite = compare(
      around(1),
      around(2).map((value) => -value),
      classes,
    );
    // 1 - |m / 2 - m|^2 / |m|^2 and 1 - |-m - m|^2 / |m|^2.
    expect(Math.abs(half.reproduced - 0.75)).toBeLessThan(3 * half.reproducedError);
    expect(half.reproducedError).toBeLessThan(0.1);
    expect(Math.abs(opposite.reproduced - -3)).toBeLessThan(3 * opposite.reproducedError);
  });

  test('is nothing where real samples do not follow their conditions', () => {
    const { share, shareError } = compare(around(1, false), around(2), classes);
    expect(Math.abs(share)).toBeLessThan(3 * shareError);
  });

  test('is known of real-valued conditions too', () => {
    const conditions = normal(3, count);
    const following = (seed: number) =>
      normal(seed, 2 * count).map((value, index) => conditions[index >> 1]! + 0.5 * value);
    const { share, reproduced } = compare(following(4), following(5), conditions);
    // Both numbers carry the condition, of variance 1, and noise of variance 0.25.
    expect(Math.abs(share - 1 / 1.25)).toBeLessThan(0.12);
    expect(Math.abs(reproduced - 1)).toBeLessThan(0.12);
  });
});

describe('changes of the weights', () => {
  const grow = (model: LayersModel, factor: number) =>
    tidy(() => model.setWeights(model.getWeights().map((weight) => mul(weight, factor))));

  test('are relative to the weights, and to the steps between two reports', async () => {
    const { generator, discriminator } = smallPair();
    const meter = createUpdateMeter();
    await meter.look(1, { generator, discriminator });
    expect(meter.numbers().first.discriminator).toBeNaN();
    grow(discriminator, 1.1);
    await meter.look(2, { generator, discriminator });
    grow(discriminator, 1.6);
    await meter.look(4, { generator, discriminator });
    // 10% in one step, then 60% in two.
    expect(meter.numbers().first.discriminator).toBeCloseTo((0.1 + 0.6 / 2) / 2, 5);
    expect(meter.numbers().first.generator).toBe(0);
  });

  test('are measured ten times, then when asked, and leave no tensor', async () => {
    const { generator, discriminator } = smallPair();
    const meter = createUpdateMeter();
    const before = memory().numTensors;
    for (let step = 1; step <= 11; step += 1) {
      expect(meter.isSure).toBe(false);
      await meter.look(step, { generator, discriminator });
    }
    expect(meter.isSure).toBe(true);
    grow(generator, 2);
    await meter.look(12, { generator, discriminator });
    expect(meter.numbers().last.generator).toBe(0);
    await meter.begin(12, { generator, discriminator });
    grow(generator, 2);
    await meter.look(13, { generator, discriminator });
    expect(meter.numbers().first.generator).toBe(0);
    expect(meter.numbers().last.generator).toBeCloseTo(1 / 10, 5);
    expect(memory().numTensors).toBe(before);
  });
});

test('curves are summed up as means, swings and the median of the larger loss', () => {
  const report = (realScore: number, fakeScore: number, discriminator: number, generator: number) => ({
    step: 1,
    totalSteps: 9,
    samplesPerSecond: 1,
    losses: { discriminator, generator },
    realScore,
    fakeScore,
  });
  const reports = [report(0.5, 0.5, 1, -2), report(0.7, 0.1, 3, 1), report(0.6, 0.3, -9, 1)];
  const numbers = curveNumbers(reports);
  expect(numbers.realScore).toBeCloseTo(0.6, 10);
  expect(numbers.fakeScore).toBeCloseTo(0.3, 10);
  // Real scores move by 0.2 and 0.1, those of fakes by 0.4 and 0.2.
  expect(numbers.scoreSwing).toBeCloseTo(0.3, 10);
  expect(numbers.lossSize).toBe(3);
  expect(curveNumbers(reports.slice(0, 1)).scoreSwing).toBe(0);
});
