import '../../support/backends.js';
import {
  type ChurnModel,
  calibrateChurn,
  calibratedChurn,
  decodeCalibration,
  encodeCalibration,
  isotonicScaling,
  logisticChurn,
  modifiedBgNbd,
  networkChurn,
  plattScaling,
  purchaseChurn,
  splitCustomers,
  treeChurn,
  useBackend,
} from 'minimart';
import { afterAll, describe, expect, test } from 'vitest';
import { featureColumns } from '../../../src/customers/churn/churn-features.js';
import { shapleyValues } from '../../../src/customers/churn/shapley.js';
import { leavesBehindPurchases, madeCustomers } from '../made-customers.js';

await useBackend('wasm');

const made = madeCustomers(leavesBehindPurchases(0.8, 6, 0.9, 2.5), 900, 1);
const { train, test: held } = splitCustomers(made, { testShare: 0.4, seed: 1 });
const day = 86_400_000;
const later = { ...made, until: made.until + 140 * day };

test('customers are drawn once each, and keep what is known of them', () => {
  expect([train.length, held.length]).toEqual([540, 360]);
  const ids = [train, held].flatMap((part) =>
    Array.from({ length: part.length }, (_, row) => part.customers.idAt(row)!),
  );
  expect(new Set(ids).size).toBe(900);
  for (let row = 0; row < 360; row += 1) {
    const place = made.customers.indexOf(held.customers.idAt(row)!);
    expect([held.age[row], held.future.purchases[row]]).toEqual([made.age[place], made.future.purchases[place]]);
  }
  const again = splitCustomers(made, { testShare: 0.4, seed: 1 });
  expect(again.test.customers.idAt(7)).toBe(held.customers.idAt(7));
  expect(() => splitCustomers(made, { testShare: 1, seed: 1 })).toThrow(/splitCustomers: `testShare` must be/);
});

const models = {
  logistic: () => logisticChurn(train),
  trees: () => treeChurn(train),
  network: () => networkChurn(train, { networks: 1, epochs: 2 }),
  purchases: async () => purchaseChurn(train, { model: await modifiedBgNbd(train), horizon: 20 }),
} as const;

describe.each(Object.entries(models))('a calibrated model of %s', (name, make) => {
  let learned: Promise<ChurnModel> | undefined;
  const learn = () => {
    learned ??= make();
    return learned;
  };
  afterAll(async () => (await learned)?.dispose?.());

  test.each([plattScaling, isotonicScaling])(
    'has the chances of the calibration, and explains them: %o',
    async (scaling) => {
      const model = await learn();
      const { calibration } = await calibrateChurn(model, held, { scaling });
      const calibrated = await calibratedChurn(model, calibration);
      const before = await model.predict(held);
      const after = await calibrated.predict(held);
      const expected = await calibration.apply(before.map((chance) => Math.log(chance / (1 - chance))));
      for (const row of after.keys()) expect(after[row]).toBeCloseTo(expected[row]!, 7);
      expect(calibrated.name).toBe(`${model.name}, ${calibration.name}`);
      const { score, baseline, probability, contributions } = await calibrated.explain(held, held.customers.idAt(5)!);
      expect(probability).toBeCloseTo(after[5]!, 7);
      expect(score).toBeCloseTo(Math.log(after[5]! / (1 - after[5]!)), 5);
      expect(contributions.reduce((sum, each) => sum + each.contribution, 0)).toBeCloseTo(score - baseline, 6);
      model.dispose?.();
    },
  );

  test('refuses its own customers where it learned their future', async () => {
    const model = await learn();
    const fit = calibrateChurn(model, made);
    if (name === 'purchases') expect((await fit).cases).toBe(900);
    else {
      await expect(fit).rejects.toThrow(
        /calibrateChurn: `history` must be of customers that the model did not learn from, or begin on 1970-05-21 or later, received '540 customers that it learned from, such as C\d+'/,
      );
      // One day before the end of what was learned, and on it.
      await expect(calibrateChurn(model, { ...later, until: later.until - day })).rejects.toThrow(/540 customers/);
    }
    expect((await calibrateChurn(model, later)).cases).toBe(900);
  });
});

test('Platt scaling multiplies the reasons by its slope', async () => {
  const model = await logisticChurn(train);
  const { calibration } = await calibrateChurn(model, held);
  const id = held.customers.idAt(9)!;
  const [plain, moved] = [
    await model.explain(held, id),
    await (await calibratedChurn(model, calibration)).explain(held, id),
  ];
  for (const [place, { feature, contribution }] of plain.contributions.entries()) {
    expect(moved.contributions[place]!.feature).toBe(feature);
    expect(moved.contributions[place]!.contribution).toBeCloseTo(calibration.state.values.slope! * contribution, 7);
  }
});

test('reasons of isotonic chances are Shapley values of their own log-odds', async () => {
  const model = await logisticChurn(train, { features: ['sinceLast', 'frequency'] });
  const { calibration } = await calibrateChurn(model, held, { scaling: isotonicScaling });
  const calibrated = await calibratedChurn(model, calibration);
  const pause = async () => {};
  const columns = await featureColumns(train, ['sinceLast', 'frequency'], pause);
  const [own] = [await featureColumns(held, ['sinceLast', 'frequency'], pause)];
  const rows = Uint32Array.from({ length: 64 }, (_, place) => Math.floor(((place + 0.5) * 540) / 64));
  const background = columns.map((column) => Float64Array.from(rows, (row) => column[row]!));
  // The score of two columns by predicting a made history of them.
  const score = async ([since, frequency]: readonly Float64Array[]) => {
    const length = since!.length;
    const asked = {
      ...held,
      length,
      frequency: frequency!.map(Math.expm1),
      recency: new Float64Array(length),
      age: since!.map(Math.expm1),
      recent: new Float64Array(length),
      lines: new Float64Array(length),
    };
    return (await calibrated.predict(asked)).map((chance) => Math.log(chance / (1 - chance)));
  };
  const expected = await shapleyValues(score, Float64Array.of(own[0]![3]!, own[1]![3]!), background, pause);
  const { contributions, baseline } = await calibrated.explain(held, held.customers.idAt(3)!);
  expect(baseline).toBeCloseTo(expected.baseline, 8);
  const found = (name: string) => contributions.find(({ feature }) => feature === name)!.contribution;
  expect(found('sinceLast')).toBeCloseTo(expected.values[0]!, 8);
  expect(found('frequency')).toBeCloseTo(expected.values[1]!, 8);
});

describe('a calibration of churn', () => {
  test('mends a model that says too much, on customers it has not seen', async () => {
    const model = await logisticChurn(train);
    const sure: ChurnModel = {
      name: 'too sure',
      horizon: 20,
      unit: 'week',
      features: [],
      predict: async (asked) => (await model.predict(asked)).map((chance) => chance ** 3),
      explain: () => Promise.reject(new Error('cannot')),
    };
    const { calibration, gain, before, after } = await calibrateChurn(sure, held);
    expect(gain.interval[0]).toBeGreaterThan(0);
    expect(after.brier.value).toBeLessThan(before.brier.value);
    const calibrated = await calibratedChurn(sure, calibration);
    const fresh = madeCustomers(leavesBehindPurchases(0.8, 6, 0.9, 2.5), 2000, 7);
    const brier = async (one: ChurnModel) => {
      const chances = await one.predict(fresh);
      return (
        chances.reduce((sum, chance, row) => sum + (chance - (fresh.future.purchases[row] ? 0 : 1)) ** 2, 0) / 2000
      );
    };
    expect(await brier(calibrated)).toBeLessThan((await brier(sure)) - 0.01);
    await expect(calibrated.explain(held, 'C1')).rejects.toThrow(/explain: `model` must have `rescored`/);
  });

  test('is for one model and one horizon, also from a file', async () => {
    const model = await logisticChurn(train);
    const { calibration } = await calibrateChurn(model, held);
    const again = await decodeCalibration(await encodeCalibration(calibration));
    const [one, other] = [await calibratedChurn(model, calibration), await calibratedChurn(model, again)];
    expect(await other.predict(held)).toEqual(await one.predict(held));
    await expect(calibratedChurn(await treeChurn(train), again)).rejects.toThrow(
      "calibratedChurn: `calibration` must be one for 'boosted trees, no purchase in 20 weeks', received 'logistic regression, no purchase in 20 weeks'",
    );
    await expect(
      calibratedChurn(
        model,
        await plattScaling(
          [1, 2, 3, 4].flatMap((s) => Array(10).fill(s)),
          [0, 1, 0, 1].flatMap((l) => Array(10).fill(l)),
        ),
      ),
    ).rejects.toThrow(/received 'scores'/);
    await expect(calibratedChurn(model, {} as never)).rejects.toThrow(/`calibration` must be a calibration/);
    await expect(calibratedChurn({} as never, again)).rejects.toThrow(/`model` must be a model of churn/);
  });

  test('refuses other horizons, units, too few of a kind, and one chance for all', async () => {
    const model = await logisticChurn(train);
    const other = { ...held, future: { ...held.future, horizon: 21 } };
    await expect(calibrateChurn(model, other)).rejects.toThrow(
      /`history` must look as far ahead as the model, 20 weeks, received '21 weeks'/,
    );
    await expect(calibrateChurn(model, { ...held, unit: 'day' })).rejects.toThrow(/received '20 days'/);
    const { future: _, ...unknown } = held;
    await expect(calibrateChurn(model, unknown)).rejects.toThrow(/must say what came after it/);
    const nobody = { ...held, future: { horizon: 20, purchases: held.future.purchases.map(() => 0) } };
    await expect(calibrateChurn(model, nobody)).rejects.toThrow(
      /have 20 customers or more who bought within the horizon/,
    );
    const flat = { ...model, predict: async () => new Float64Array(held.length).fill(0.4) };
    await expect(calibrateChurn(flat, held)).rejects.toThrow(/`model` must tell customers apart/);
    const broken = { ...model, predict: async () => new Float64Array(held.length).fill(Number.NaN, 3) };
    await expect(calibrateChurn(broken, held)).rejects.toThrow(
      /calibrateChurn: `model` must give chances from 0 to 1, received NaN/,
    );
    const short = { ...model, predict: async () => new Float64Array(3) };
    await expect(calibrateChurn(short, held)).rejects.toThrow(/`model` must give 360 chances, received 3/);
  });
});
