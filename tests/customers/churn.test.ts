import '../support/backends.js';
import {
  type ChurnModel,
  type CustomerHistory,
  compareChurn,
  createRng,
  type LearnChurn,
  logisticChurn,
  modifiedBgNbd,
  networkChurn,
  purchaseChurn,
  treeChurn,
  useBackend,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { chanceOf, churnModelOf } from '../../src/customers/churn/churn-model.js';
import { shapleyValues } from '../../src/customers/churn/shapley.js';
import { historyOf, leavesBehindPurchases, madeCustomers } from './made-customers.js';

await useBackend('wasm');

const pause = async () => {};

// Who was silent for s weeks buys nothing with log-odds (s - 10) / 4, whatever else he did.
function silentLeave(count: number, seed: number) {
  const rng = createRng(seed);
  const rows = Array.from({ length: count }, () => {
    const [silence, recency] = [20 * rng.uniform(), 20 * rng.uniform()];
    return [1 + rng.integer(5), recency, recency + silence] as const;
  });
  const risks = rows.map(([, recency, age]) => chanceOf((age - recency - 10) / 4));
  const purchases = Float64Array.from(risks, (risk) => (rng.uniform() < risk ? 0 : 1));
  return { history: { ...historyOf(rows), future: { horizon: 4, purchases } }, risks };
}

const { history } = silentLeave(1500, 1);
const later = silentLeave(1500, 2);

const learners: Readonly<Record<string, LearnChurn>> = {
  logistic: logisticChurn,
  trees: treeChurn,
  network: (past, options) => networkChurn(past, { ...options, networks: 1, epochs: 10 }),
};

describe.each(Object.entries(learners))('%s', (_, learn) => {
  test('finds the chances of other customers, and explains one to the last digit', async () => {
    const model = await learn(history, {});
    const found = await model.predict(later.history);
    const error = found.reduce((sum, each, row) => sum + Math.abs(each - later.risks[row]!), 0) / found.length;
    // The mean distance of the chances from their own mean is 0.23.
    expect(error).toBeLessThan(0.08);
    const { score, baseline, contributions, probability } = await model.explain(later.history, 'C3');
    const sum = contributions.reduce((total, { contribution }) => total + contribution, 0);
    expect(sum).toBeCloseTo(score - baseline, 6);
    expect(probability).toBeCloseTo(found[3]!, 6);
    expect(model.features.length).toBe(contributions.length);
    const silence = contributions.find(({ feature }) => feature === 'sinceLast')!;
    expect(silence.value).toBeCloseTo(later.history.age[3]! - later.history.recency[3]!, 9);
    model.dispose?.();
  });

  test('says that silence speaks for leaving', async () => {
    const model = await learn(history, {});
    const silent = historyOf([[3, 1, 21]]);
    const { contributions } = await model.explain(silent, 'C0');
    const own = contributions.filter(({ feature }) => feature === 'sinceLast' || feature === 'lateness');
    expect(own.reduce((sum, { contribution }) => sum + contribution, 0)).toBeGreaterThan(0.5);
    model.dispose?.();
  });

  test('refuses a history without a future, or in which all did the same', async () => {
    const { future, ...unknown } = history;
    await expect(learn(unknown as never, {})).rejects.toThrow(/`history` must say what came after it/);
    const all = (count: number) => ({
      ...history,
      future: { horizon: 4, purchases: future.purchases.map(() => count) },
    });
    await expect(learn(all(1), {})).rejects.toThrow(/received '1500 who did and 0 who did not'/);
    await expect(learn(all(0), {})).rejects.toThrow(/received '0 who did and 1500 who did not'/);
  });
});

describe('Shapley values', () => {
  test('are those of the definition over orders of the features', async () => {
    // score = x y + z with a background of one row of zeros: x y is shared by halves.
    const score = async ([x, y, z]: readonly Float64Array[]) => x!.map((value, row) => value * y![row]! + z![row]!);
    const zeros = [0, 0, 0].map(() => new Float64Array(1));
    const found = await shapleyValues(score, Float64Array.of(2, 3, 5), zeros, pause);
    expect([found.baseline, found.score, ...found.values]).toEqual([0, 11, 3, 3, 5]);
  });

  test('of a linear score are weight times distance from the mean of the background', async () => {
    const weights = [1, -2, 0.5, 3];
    const score = async (columns: readonly Float64Array[]) =>
      columns[0]!.map((_, row) => columns.reduce((sum, column, place) => sum + weights[place]! * column[row]!, 0));
    const background = weights.map((_, place) => Float64Array.of(place, place + 2, 1));
    const row = Float64Array.of(4, -1, 2, 0.5);
    const { values } = await shapleyValues(score, row, background, pause);
    for (const [place, weight] of weights.entries()) {
      const mean = (2 * place + 3) / 3;
      expect(values[place]).toBeCloseTo(weight * (row[place]! - mean), 10);
    }
  });

  test('give what a model does not look at nothing', async () => {
    const scorer = {
      name: 'silence',
      horizon: 4,
      unit: 'week' as const,
      features: ['sinceLast', 'age'] as const,
      score: async ([sinceLast]: readonly Float64Array[]) => sinceLast!.slice(),
    };
    const model = await churnModelOf(scorer, history, pause);
    const { contributions } = await model.explain(history, 'C9');
    expect(contributions.find(({ feature }) => feature === 'age')!.contribution).toBeCloseTo(0, 12);
  });
});

describe('a model of purchases as one of churn', () => {
  test('has the chance of no purchase, and explains it', async () => {
    const made = madeCustomers(leavesBehindPurchases(0.8, 6, 0.9, 2.5), 300, 1);
    const model = await modifiedBgNbd(made);
    const churn = await purchaseChurn(made, { model, horizon: 6 });
    const [found, expected] = [await churn.predict(made), await model.probabilityOfNone(made, { horizon: 6 })];
    for (const row of found.keys()) expect(found[row]).toBeCloseTo(expected[row]!, 9);
    const { contributions, score, baseline } = await churn.explain(made, 'C1');
    expect(contributions.reduce((sum, each) => sum + each.contribution, 0)).toBeCloseTo(score - baseline, 9);
  });

  test('takes its horizon from the history, or wants one', async () => {
    const made = madeCustomers(leavesBehindPurchases(0.8, 6, 0.9, 2.5), 300, 1);
    const model = await modifiedBgNbd(made);
    expect((await purchaseChurn(made, { model })).horizon).toBe(20);
    const { future: _, ...rest } = made;
    await expect(purchaseChurn(rest, { model })).rejects.toThrow(/`horizon` must be a positive number/);
    await expect(purchaseChurn(made, { model: {} as never })).rejects.toThrow(/`model` must be a model of purchases/);
  });
});

describe('the comparison', () => {
  const fixed = (name: string, of: (history: CustomerHistory) => Float64Array): LearnChurn => {
    const model = {
      name,
      horizon: 4,
      unit: 'week',
      features: [],
      predict: async (asked: CustomerHistory) => of(asked),
    };
    return async () => model as unknown as ChurnModel;
  };

  test('judges each customer by what was learned from others', async () => {
    const seen: string[][] = [];
    const spy: LearnChurn = async (past) => {
      const known = Array.from({ length: past.length }, (_, row) => past.customers.idAt(row)!);
      const model = await logisticChurn(past);
      return {
        ...model,
        predict: async (asked) => {
          const others = Array.from({ length: asked.length }, (_, row) => asked.customers.idAt(row)!);
          expect(others.some((id) => known.includes(id))).toBe(false);
          expect(known.length + others.length).toBe(1500);
          seen.push(others);
          return model.predict(asked);
        },
      };
    };
    const { models } = await compareChurn(history, { models: { spy, logistic: logisticChurn }, folds: 3, seed: 5 });
    expect(seen.flat().sort()).toEqual(Array.from({ length: 1500 }, (_, row) => `C${row}`).sort());
    expect(models.spy).toEqual(models.logistic);
  });

  test('has the area, the Brier score and the gain over recency, by their definitions', async () => {
    const share = (asked: CustomerHistory) => asked.recency.map((_, row) => ((row * 7) % 10) / 10);
    const {
      models,
      share: left,
      baselineBrier,
      customers,
    } = await compareChurn(history, {
      models: { share: fixed('share', share), rule: (past) => logisticChurn(past, { features: ['sinceLast'] }) },
      test: { ...later.history, until: Date.UTC(2026, 0, 1) },
    });
    const labels = later.history.future.purchases.map((count) => (count === 0 ? 1 : 0));
    const chances = share(later.history);
    let [pairs, right, squares] = [0, 0, 0];
    for (const [one, label] of labels.entries()) {
      squares += (chances[one]! - label) ** 2 / labels.length;
      if (label === 0) continue;
      for (const [other, against] of labels.entries()) {
        if (against === 1) continue;
        pairs += 1;
        right += chances[one]! > chances[other]! ? 1 : chances[one] === chances[other] ? 0.5 : 0;
      }
    }
    expect(models.share!.auc.value).toBeCloseTo(right / pairs, 10);
    expect(models.share!.brier.value).toBeCloseTo(squares, 10);
    expect(models.share!.gain.value).toBeCloseTo(models.recency!.brier.value - squares, 10);
    expect(models.rule!.gain.value).toBeCloseTo(0, 12);
    const sum = labels.reduce((total, label) => total + label, 0);
    expect([customers, left]).toEqual([1500, sum / 1500]);
    expect(baselineBrier).toBeCloseTo(left * (1 - left), 12);
    // 150 customers with each of ten chances.
    const rows = models.share!.calibration;
    expect(rows.map((row) => row.customers)).toEqual(Array.from({ length: 10 }, () => 150));
    expect(rows[3]!.predicted).toBeCloseTo(0.3, 12);
    const threes = labels.filter((_, row) => (row * 7) % 10 === 3);
    expect(rows[3]!.happened.value).toBeCloseTo(threes.reduce((total, label) => total + label, 0) / 150, 12);
  });

  test('does not rank together what different models say', async () => {
    // Each part's model adds a number of its own to the same order.
    let part = 0;
    const shifting: LearnChurn = async (past, options) => {
      const model = await logisticChurn(past, { ...options, features: ['frequency'] });
      const shift = 0.01 * ++part;
      return { ...model, predict: async (asked) => (await model.predict(asked)).map((chance) => chance / 2 + shift) };
    };
    const { models } = await compareChurn(history, { models: { shifting }, seed: 2 });
    expect(models.shifting!.auc).toEqual(models.frequency!.auc);
  });

  test('refuses to be judged before the end of what was learned from, and names that are taken', async () => {
    const past = { ...history, until: Date.UTC(2026, 0, 4) };
    const early = { ...later.history, until: Date.UTC(2026, 0, 31) };
    await expect(compareChurn(past, { test: early })).rejects.toThrow(
      /`test.until` must not lie before the end of what was learned from, 2026-02-01, received '2026-01-31'/,
    );
    const other = { ...later.history, future: { ...later.history.future, horizon: 5 } };
    await expect(compareChurn(past, { test: other })).rejects.toThrow(
      /`test` must look as far ahead as the history, 4 weeks/,
    );
    await expect(compareChurn(past, { models: { recency: logisticChurn } })).rejects.toThrow(
      /leave the names of the rules/,
    );
  });

  test('tells how far it is', async () => {
    const reports: string[] = [];
    const onProgress = ({ model, done, total }: { model: string; done: number; total: number }) => {
      reports.push(`${model} ${done}/${total}`);
    };
    await compareChurn(history, { folds: 2, onProgress });
    expect(reports).toEqual([
      'recency 1/6',
      'recency 2/6',
      'frequency 3/6',
      'frequency 4/6',
      'logistic 5/6',
      'logistic 6/6',
    ]);
  });
});

test('features that are not there, twice, or none are refused', async () => {
  const with3 = (features: readonly string[]) => logisticChurn(history, { features: features as never });
  await expect(with3(['money'])).rejects.toThrow(/`features\[0\]` must be another one: the history knows no money/);
  await expect(with3(['size'])).rejects.toThrow(/`features\[0\]` must be one of 'sinceLast'/);
  await expect(with3(['age', 'age'])).rejects.toThrow(/`features` must name each feature once/);
  await expect(with3([])).rejects.toThrow(/`features` must not be empty/);
  const model = await logisticChurn(history);
  await expect(model.explain(history, 'nobody')).rejects.toThrow(/`customer` must be one of the history/);
});
