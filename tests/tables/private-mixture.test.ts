import {
  categoryColumn,
  countColumn,
  createPrivacyLedger,
  createRng,
  noiseFor,
  parseTable,
  privateMixture,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { noisyBins } from '../../src/tables/private/noisy-bins.js';
import { addNoise, estimateClasses, tallyRows } from '../../src/tables/private/noisy-fit.js';
import { planNoise } from '../../src/tables/private/plan-noise.js';
import { privateColumns } from '../../src/tables/private/private-coding.js';
import { projectToSimplex } from '../../src/tables/private/project-to-simplex.js';
import { readDeclared } from '../../src/tables/private/public-columns.js';
import { orderLines } from './order-lines.js';

const pause = async () => {};
const columns = {
  country: { ids: ['UK', 'France', 'Peru'], missing: true },
  product: {},
  pieces: { from: 1, to: 300 },
  price: { from: 0, to: 10, step: 0.01, missing: true },
};
const ledgerOf = (epsilon: number) => createPrivacyLedger({ epsilon, delta: 1e-6 });

/** A mixture whose classes are drawn by chance, sharp ones among them. */
function someMixture(states: readonly number[], classes: number, sharpness: number, seed: number) {
  const rng = createRng(seed);
  const all = states.reduce((sum, count) => sum + count, 0);
  const chances = Float64Array.from({ length: all * classes }, () => Math.exp(sharpness * rng.normal()));
  const shares = Float64Array.from({ length: classes }, () => 1 / classes);
  return { classes, shares, chances };
}

describe('the sums over rows', () => {
  test('are moved by one row by sqrt(columns + 1) at most, which a row of one class reaches', async () => {
    const states = [3, 4, 5];
    let most = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const mixture = someMixture(states, 4, seed / 6, seed);
      const rng = createRng(seed).stream('rows');
      const row = () => states.map((count, place) => rng.integer(count) + [0, 3, 7][place]!);
      const others = Array.from({ length: 20 }, row).flat();
      // What says nothing moves less.
      const added = seed % 5 === 0 ? [-1, ...row().slice(1)] : row();
      const [without, with_] = [
        await tallyRows(Int32Array.from(others), 3, mixture, pause),
        await tallyRows(Int32Array.from([...added, ...others]), 3, mixture, pause),
      ];
      const squares = (['classes', 'states'] as const).flatMap((part) =>
        [...with_[part]].map((value, place) => (value - without[part][place]!) ** 2),
      );
      most = Math.max(most, Math.sqrt(squares.reduce((sum, each) => sum + each, 0)));
    }
    expect(most).toBeLessThanOrEqual(2 + 1e-9);
    expect(most).toBeGreaterThan(1.99);
  });

  test('get noise of the deviation that was planned', () => {
    const tally = { classes: new Float64Array(50), states: new Float64Array(20_000) };
    addNoise(tally, 7, createRng(1).normal);
    const variance = [...tally.classes, ...tally.states].reduce((sum, value) => sum + value ** 2, 0) / 20_050;
    // The standard error of a variance is sqrt(2 / n) of it: 1%.
    expect(Math.abs(variance / 49 - 1)).toBeLessThan(0.04);
  });

  test('are all that the next classes depend on: under noise that drowns them, other rows make no difference', async () => {
    const column = (base: number) => ({ base, shares: [1 / 3, 1 / 3, 1 / 3] });
    const learn = async (rows: number[]) => {
      const mixture = { classes: 2, shares: Float64Array.of(0.5, 0.5), chances: new Float64Array(12).fill(1 / 3) };
      const { normal } = createRng(3);
      for (let iteration = 0; iteration < 3; iteration += 1) {
        const tally = await tallyRows(Int32Array.from(rows), 2, mixture, pause);
        addNoise(tally, 1e9, normal);
        estimateClasses(tally, [column(0), column(3)], mixture);
      }
      return [...mixture.shares, ...mixture.chances];
    };
    const [one, other] = [await learn([0, 3, 0, 3, 0, 3, 0, 3]), await learn([1, 4, 2, 5])];
    for (const [place, value] of one.entries()) expect(value).toBeCloseTo(other[place]!, 6);
  });
});

describe('the nearest sums that can be', () => {
  test('are lowered by one amount, by hand', () => {
    // 5, 3 and 1 to the sum of 6: lowered by 1 all stay above 0, or reach it.
    expect([...projectToSimplex(Float64Array.of(3, 5, 1), 6)]).toEqual([2, 4, 0]);
    // 4 alone is left: 4 - 2 = 2.
    expect([...projectToSimplex(Float64Array.of(-7, 4, 1), 2)]).toEqual([0, 2, 0]);
    expect([...projectToSimplex(Float64Array.of(-7, -7), 2)]).toEqual([1, 1]);
  });

  test('are no farther than any others', () => {
    const rng = createRng(2);
    const given = Float64Array.from({ length: 8 }, () => 3 * rng.normal());
    const nearest = projectToSimplex(given, 4);
    const distance = (to: ArrayLike<number>) => given.reduce((sum, value, place) => sum + (value - to[place]!) ** 2, 0);
    expect(nearest.reduce((sum, value) => sum + value, 0)).toBeCloseTo(4, 12);
    for (let turn = 0; turn < 300; turn += 1) {
      const weights = given.map(() => -Math.log(1 - rng.uniform()));
      const sum = weights.reduce((total, weight) => total + weight, 0);
      expect(distance(weights.map((weight) => (4 * weight) / sum))).toBeGreaterThanOrEqual(distance(nearest));
    }
  });
});

describe('bins by noisy counts', () => {
  const rows = Float64Array.from({ length: 1000 }, (_, place) => (place === 137 ? 400 : place < 500 ? 2 : 0));

  test('keep numbers that many rows have apart, and cut the rest into bins of about as many rows', () => {
    const { states, counts } = noisyBins(rows, 10, { noise: (count) => count, deviation: 1e-9 });
    // 400 + 499 * 2 = 1398 rows: 139.8 in a bin.
    const held = new Map<number, number>();
    for (const [place, state] of states.entries()) held.set(state, (held.get(state) ?? 0) + rows[place]!);
    expect(held.get(states[137]!)).toBe(400);
    expect(states.filter((state) => state === states[137])).toHaveLength(1);
    const others = [...held].filter(([state]) => state !== states[137]).map(([, count]) => count);
    expect(others.length).toBeLessThanOrEqual(9);
    for (const count of others.slice(0, -1)) expect(count).toBeGreaterThan(139);
    expect(counts[137]).toBe(400);
    expect(counts[3]).toBe(2);
    expect(Math.max(...counts.subarray(512))).toBeLessThan(0.01);
  });

  test('look at every stretch of numbers once, and at no single row', () => {
    const looked: number[] = [];
    const { normal } = createRng(5);
    const noise = (count: number) => {
      looked.push(count);
      return count + 30 * normal();
    };
    const { states } = noisyBins(rows, 10, { noise, deviation: 30 });
    // 1398 rows, ten levels of halves.
    expect(looked.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(10 * 1398);
    expect(states.filter((state) => state === states[137])).toHaveLength(1);
  });
});

test('an id of a single row is shown no more often than was paid for', async () => {
  const table = parseTable(`id\nrare\n${'often\n'.repeat(400)}`, { id: categoryColumn() });
  const declared = readDeclared('test', table, { id: {} });
  let shown = 0;
  for (let seed = 0; seed < 2000; seed += 1) {
    const noise = { deviation: 20, delta: 0.05, normal: createRng(seed).normal };
    const [column] = await privateColumns('test', declared, { bins: 5, noise }, pause);
    expect(column!.vocabulary!.has('often')).toBe(true);
    shown += column!.vocabulary!.has('rare') ? 1 : 0;
  }
  // Binomial with 2000 trials of 0.05: 100, standard deviation 9.7.
  expect(Math.abs(shown - 100)).toBeLessThan(40);
});

test('the noise is that of the budget, whatever is paid for', () => {
  const table = orderLines(400);
  const free = readDeclared('test', table, {
    ...{ country: { ids: ['UK', 'France'] }, product: { ids: ['p1'] } },
    ...{ pieces: { from: 1, to: 50 }, price: { from: 0, to: 49 } },
  });
  const plan = planNoise('test', free, { ledger: ledgerOf(1), iterations: 7, epsilon: undefined });
  const least = noiseFor({ epsilon: 1, delta: 1e-6, steps: 7 });
  expect(plan.stateDeviation).toBe(0);
  expect(plan.entries).toHaveLength(1);
  // Four columns: sqrt(5).
  expect(plan.tallyDeviation / (least * Math.sqrt(5))).toBeCloseTo(1, 3);
  const paid = planNoise('test', readDeclared('test', table, columns), {
    ledger: ledgerOf(1),
    iterations: 7,
    epsilon: undefined,
  });
  // A found id, 300 numbers in 9 halvings, 1001 in 10.
  const [states, classes] = paid.entries;
  expect(paid.stateDeviation / states!.noiseMultiplier!).toBeCloseTo(Math.sqrt(1 + 9 + 10), 9);
  expect(paid.tallyDeviation / classes!.noiseMultiplier!).toBeCloseTo(Math.sqrt(5), 9);
  const ledger = ledgerOf(1);
  ledger.spend(paid.entries);
  expect(ledger.spent.epsilon).toBeGreaterThan(0.999);
});

test('learns what columns have to do with each other where the budget is large', async () => {
  const table = orderLines(4000);
  const model = await privateMixture(table, { ledger: ledgerOf(60), columns, seed: 5, classes: 4 });
  const [both, one] = [
    await model.probability({ country: 'France', pieces: { from: 7 } }),
    await model.probability({ country: 'France' }),
  ];
  // France: 0.3 of 0.9 of the lines; 294 of its 300 numbers of pieces are above 6.
  expect(Math.abs(one - 0.27)).toBeLessThan(0.03);
  expect(both / one).toBeGreaterThan(0.85);
  expect(await model.probability({ country: 'UK', pieces: { from: 7 } })).toBeLessThan(0.1);
  expect(Math.abs((await model.probability({ price: 1.25 })) - 0.095)).toBeLessThan(0.03);
  expect(Math.abs((await model.probability({ price: null })) - 0.05)).toBeLessThan(0.02);
});

test('shows no id that was not listed or found, and no number that was not declared', async () => {
  const csv = `country,pieces\nPeru,977\n${'UK,1\nUK,5\nFrance,12\n'.repeat(400)}`;
  const table = parseTable(csv, { country: categoryColumn(), pieces: countColumn() });
  const model = await privateMixture(table, {
    ...{ ledger: ledgerOf(2), seed: 1, classes: 2 },
    columns: { country: {}, pieces: { from: 1, to: 64 } },
  });
  const { columns: drawn } = await model.sample(3000, { seed: 2 });
  expect(drawn.country.vocabulary.toJSON().ids).toEqual(['France', 'UK']);
  expect(Math.min(...drawn.country.codes)).toBe(0);
  expect(Math.min(...drawn.pieces.values)).toBeGreaterThanOrEqual(1);
  expect(Math.max(...drawn.pieces.values)).toBeLessThanOrEqual(64);
  await expect(model.probability({ country: 'Peru' })).rejects.toThrow('be an id of the column');
  expect((await model.logProbability(table))[0]).toBe(Number.NEGATIVE_INFINITY);
});

test('gives the same model for a seed, other noise for another, and tells nothing of rows on the way', async () => {
  const table = orderLines(500);
  const listed = { ...columns, product: { ids: ['p0', 'p1', 'p2', 'p3', 'p4'] } };
  const seen: object[] = [];
  const learn = (seed: number) =>
    privateMixture(table, {
      ledger: ledgerOf(1),
      columns: listed,
      seed,
      iterations: 2,
      onProgress: (at) => void seen.push(at),
    });
  const [one, again, other] = [await learn(1), await learn(1), await learn(2)];
  expect(again.classShares).toEqual(one.classShares);
  expect(other.classShares).not.toEqual(one.classShares);
  expect(seen.slice(0, 2)).toEqual([
    { iteration: 1, iterations: 2 },
    { iteration: 2, iterations: 2 },
  ]);
});

test('pays before it looks, all that is left or what it is told to, and is refused where nothing is left', async () => {
  const table = orderLines(5000);
  const ledger = ledgerOf(1);
  await privateMixture(table, { ledger, columns, seed: 1, epsilon: 0.5, iterations: 2 });
  expect(ledger.spent.epsilon).toBeLessThanOrEqual(0.5);
  expect(ledger.spent.epsilon).toBeGreaterThan(0.49);
  const { entries } = ledger;
  const abort = AbortSignal.abort(new Error('no'));
  await expect(privateMixture(table, { ledger, columns, seed: 1, signal: abort })).rejects.toThrow('no');
  await expect(privateMixture(table, { ledger, columns, seed: 1, epsilon: 2 })).rejects.toThrow(
    'spend: `epsilon` must stay within the budget of 1',
  );
  expect(ledger.entries).toEqual(entries);
  await privateMixture(table, { ledger, columns, seed: 2, iterations: 2 });
  expect(ledger.left).toBeLessThan(0.001);
  await expect(privateMixture(table, { ledger, columns, seed: 3 })).rejects.toThrow(
    /privateMixture: `ledger` must have something left: \d\.\d+ of 1 is spent/,
  );
});

test('refuses what it cannot fit, and is paid nothing', async () => {
  const table = orderLines(100);
  const ledger = ledgerOf(1);
  const learn = (options: object) => privateMixture(table, { ledger, columns, seed: 1, ...options } as never);
  await expect(learn({ seed: undefined })).rejects.toThrow('`seed` must be a safe integer');
  await expect(learn({ ledger: undefined })).rejects.toThrow('`ledger` must be a ledger of createPrivacyLedger');
  await expect(learn({ ledger: createPrivacyLedger({ epsilon: 1, delta: 0.01 }) })).rejects.toThrow(
    '`ledger.delta` must be below one over the number of rows, received 0.01',
  );
  await expect(learn({ columns: undefined })).rejects.toThrow('`columns.country` must be an object of options');
  await expect(learn({ columns: { ...columns, pieces: undefined } })).rejects.toThrow('`columns.pieces`');
  await expect(learn({ columns: { ...columns, other: {} } })).rejects.toThrow('`other` must be left out');
  const pieces = (given: object) => learn({ columns: { ...columns, pieces: given } });
  await expect(pieces({ from: 3, to: 3 })).rejects.toThrow('`columns.pieces.to` must be two rising numbers');
  await expect(pieces({ from: 0, to: 9, step: 0.5 })).rejects.toThrow('`columns.pieces.step` must be a whole number');
  await expect(pieces({ from: 0, to: 2 ** 30 })).rejects.toThrow('`columns.pieces.step` must leave at most 131072');
  await expect(pieces({ from: 0, to: 9, missing: true })).rejects.toThrow('counts have no missing values');
  await expect(learn({ columns: { ...columns, country: { ids: [] } } })).rejects.toThrow('`columns.country.ids`');
  expect(ledger.entries).toEqual([]);
  // Five rows have no id that is above the noise.
  const few = parseTable('id\na\na\nb\nb\nc\n', { id: categoryColumn() });
  await expect(privateMixture(few, { ledger: ledgerOf(1), columns: { id: {} }, seed: 1 })).rejects.toThrow(
    '`columns.id.ids` must be listed: no id has clearly more rows than the noise',
  );
});
