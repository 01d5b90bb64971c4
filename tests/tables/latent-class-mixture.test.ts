import { categoryColumn, createRng, latentClassMixture, type MixtureProgress, parseTable } from 'minimart';
import { describe, expect, test } from 'vitest';
import { codeTable } from '../../src/tables/coding/table-coding.js';
import { fitMixture } from '../../src/tables/mixture/fit-mixture.js';
import { sortRows } from '../../src/tables/mixture/sorted-rows.js';
import { startMixture } from '../../src/tables/mixture/start-mixture.js';
import { orderLines } from './order-lines.js';

const pause = async () => {};

/** EM written out with probabilities, not logarithms: the shares and `[class][state]` chances after so many iterations. */
function plainEm(
  rows: readonly (readonly number[])[],
  marginals: readonly number[],
  start: { readonly shares: number[]; readonly chances: number[][] },
  { iterations, smoothing }: { readonly iterations: number; readonly smoothing: number },
) {
  let { shares, chances } = start;
  const likelihoods: number[] = [];
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    const joint = rows.map((row) =>
      shares.map((share, k) => row.reduce((product, state) => product * chances[k]![state]!, share)),
    );
    const totals = joint.map((weights) => weights.reduce((sum, weight) => sum + weight, 0));
    likelihoods.push(totals.reduce((sum, total) => sum + Math.log(total), 0) / rows.length);
    const posterior = joint.map((weights, n) => weights.map((weight) => weight / totals[n]!));
    const sizes = shares.map((_, k) => posterior.reduce((sum, weights) => sum + weights[k]!, 0));
    chances = chances.map((_, k) =>
      marginals.map((marginal, state) => {
        const inState = rows.reduce((sum, row, n) => sum + (row.includes(state) ? posterior[n]![k]! : 0), 0);
        return (inState + smoothing * marginal) / (sizes[k]! + smoothing);
      }),
    );
    shares = sizes.map((size) => (size + smoothing) / (rows.length + smoothing * shares.length));
  }
  return { shares, chances, likelihoods };
}

test.each([0, 0.3, 2])('follows EM as it is written in the books, with a smoothing of %d', async (smoothing) => {
  const coding = await codeTable('test', orderLines(60), 4, pause);
  const mixture = await startMixture('test', coding, 3, createRng(5), pause);
  const { classes, shares, chances } = mixture;
  const width = coding.columns.length;
  const chancesNow = () =>
    Array.from({ length: classes }, (_, k) =>
      Array.from({ length: coding.states }, (_unused, state) => chances[state * classes + k]!),
    );
  const rows = Array.from({ length: 60 }, (_, row) => [...coding.rows.subarray(row * width, (row + 1) * width)]);
  const start = { shares: [...shares], chances: chancesNow() };
  const expected = plainEm(rows, [...coding.shares], start, { iterations: 7, smoothing });
  const settings = { iterations: 7, tolerance: 0, smoothing, onProgress: undefined };
  const history = await fitMixture(coding, await sortRows(coding, pause), mixture, settings, pause);
  const states = expected.chances.flat();
  expect(history).toHaveLength(7);
  for (const [place, value] of expected.likelihoods.entries()) {
    expect(history[place]!.logLikelihood).toBeCloseTo(value, 10);
  }
  for (const [k, share] of expected.shares.entries()) expect(shares[k]!).toBeCloseTo(share, 10);
  expect(chancesNow().flat()).toHaveLength(states.length);
  const found = chancesNow().flat();
  for (const [place, chance] of states.entries()) expect(found[place]).toBeCloseTo(chance, 9);
});

test('keeps a class that has no rows, and no share, in numbers', async () => {
  const coding = await codeTable('test', orderLines(60), 4, pause);
  const mixture = await startMixture('test', coding, 2, createRng(5), pause);
  mixture.shares.set([1, 0]);
  await fitMixture(
    coding,
    await sortRows(coding, pause),
    mixture,
    { iterations: 2, tolerance: 0, smoothing: 0, onProgress: undefined },
    pause,
  );
  expect(mixture.shares).toEqual(Float64Array.of(1, 0));
  // One class is left: its chances are the shares of the whole table.
  for (const [state, share] of coding.shares.entries()) {
    expect(mixture.chances[2 * state]).toBeCloseTo(share, 12);
    expect(mixture.chances[2 * state + 1]).toBeCloseTo(share, 12);
  }
});

test.each([0, 0.3])('never loses what it maximises, with a smoothing of %d', async (smoothing) => {
  const seen: MixtureProgress[] = [];
  const onProgress = (progress: MixtureProgress) => void seen.push(progress);
  const options = { classes: 12, iterations: 60, tolerance: 0, smoothing, onProgress };
  const { history } = await latentClassMixture(orderLines(800), options);
  expect(seen).toEqual(history);
  expect(history.length).toBeGreaterThan(20);
  for (const [place, { iteration, logPosterior, logLikelihood }] of history.entries()) {
    expect(iteration).toBe(place + 1);
    if (place > 0) expect(logPosterior).toBeGreaterThan(history[place - 1]!.logPosterior - 1e-12);
    if (smoothing === 0) expect(logPosterior).toBe(logLikelihood);
  }
  expect(history.at(-1)!.logLikelihood).toBeGreaterThan(history[0]!.logLikelihood + 0.1);
});

test('ends when an iteration gains too little', async () => {
  const table = orderLines(500);
  const { history } = await latentClassMixture(table, { classes: 3, iterations: 200, tolerance: 0.01 });
  expect(history.length).toBeLessThan(20);
  const [last, before] = [history.at(-1)!.logPosterior, history.at(-2)!.logPosterior];
  expect(last - before).toBeLessThanOrEqual(0.01 * Math.abs(last));
});

describe('a table drawn from a known mixture', () => {
  const shares = [0.6, 0.4];
  // Probability of 'a' in each of six columns; otherwise 'b' or 'c', one as likely as the other.
  const chances = [
    [0.9, 0.8, 0.1, 0.7, 0.85, 0.2],
    [0.1, 0.3, 0.8, 0.1, 0.2, 0.7],
  ];
  const names = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'] as const;

  function draw(rows: number, seed: number) {
    const rng = createRng(seed);
    const lines = Array.from({ length: rows }, () => {
      const own = chances[rng.uniform() < shares[0]! ? 0 : 1]!;
      return own.map((chance) => (rng.uniform() < chance ? 'a' : rng.uniform() < 0.5 ? 'b' : 'c'));
    });
    const kinds = Object.fromEntries(names.map((name) => [name, categoryColumn()]));
    return { lines, table: parseTable([names, ...lines].map((line) => line.join(',')).join('\n'), kinds) };
  }

  const truth = (line: readonly string[]) =>
    Math.log(
      shares.reduce((sum, share, k) => {
        const cell = (product: number, id: string, place: number) =>
          product * (id === 'a' ? chances[k]![place]! : (1 - chances[k]![place]!) / 2);
        return sum + line.reduce(cell, share);
      }, 0),
    );

  test('gives its shares, and nearly its likelihood on rows held out', async () => {
    const model = await latentClassMixture(draw(20_000, 1).table, { classes: 2, iterations: 200, tolerance: 1e-9 });
    const [small, large] = [...model.classShares].sort();
    // The standard error of a share of 20,000 rows is 0.0035, a little more as classes are not seen.
    expect(Math.abs(large! - 0.6)).toBeLessThan(0.02);
    expect(small! + large!).toBeCloseTo(1, 12);
    const held = draw(20_000, 2);
    const logs = await model.logProbability(held.table);
    const best = held.lines.reduce((sum, line) => sum + truth(line), 0) / held.lines.length;
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    // 25 parameters cost about 25 / (2 * 20,000) = 0.0006.
    expect(Math.abs(mean - best)).toBeLessThan(0.003);
  });
});

describe('the number of classes', () => {
  const table = orderLines(600);

  test('is judged by rows that no class was learned from', async () => {
    const { trials } = await latentClassMixture(table, { classes: [1], heldOutShare: 0.25, smoothing: 2, seed: 9 });
    // One class has the shares of the 450 other rows and of 2 more, which are like the whole table.
    const { rows, columns, shares } = await codeTable('test', table, 20, pause);
    const order = [...createRng(9).stream('held out').permutation(600)];
    const states = (row: number) => [...rows.subarray(row * columns.length, (row + 1) * columns.length)];
    const counts = new Map<number, number>();
    for (const state of order.slice(150).flatMap(states)) counts.set(state, (counts.get(state) ?? 0) + 1);
    const logOf = (state: number) => Math.log(((counts.get(state) ?? 0) + 2 * shares[state]!) / 452);
    const logs = order.slice(0, 150).map((row) => states(row).reduce((sum, state) => sum + logOf(state), 0));
    const mean = logs.reduce((sum, log) => sum + log, 0) / 150;
    const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / 149;
    expect(trials).toHaveLength(1);
    expect(trials[0]!.logProbability).toBeCloseTo(mean, 9);
    expect(trials[0]!.standardError).toBeCloseTo(Math.sqrt(variance / 150), 9);
  });

  test('is the one under which they are likeliest, and all rows are fitted with it', async () => {
    const { trials, classShares, history } = await latentClassMixture(table, { classes: [20, 1, 2] });
    expect(trials.map(({ classes }) => classes)).toEqual([20, 1, 2]);
    const best = trials.toSorted((one, other) => other.logProbability - one.logProbability)[0]!;
    expect(best.classes).not.toBe(1);
    expect(classShares).toHaveLength(best.classes);
    expect(history.length).toBeLessThanOrEqual(best.iterations);
    const alone = await latentClassMixture(table, { classes: best.classes, iterations: best.iterations });
    expect(alone.classShares).toEqual(classShares);
    expect(alone.trials).toEqual([]);
  });

  test('is tried from 1 up to what there are different rows, where none is named', async () => {
    const { trials } = await latentClassMixture(orderLines(20), { iterations: 2 });
    expect(trials.map(({ classes }) => classes)).toEqual([1, 3, 10]);
    const same = parseTable('country\nUK\nUK\nUK\n', { country: categoryColumn() });
    expect((await latentClassMixture(same)).classShares).toEqual(Float64Array.of(1));
    const single = parseTable('country\nUK\n', { country: categoryColumn() });
    await expect(latentClassMixture(single)).rejects.toThrow(
      'latentClassMixture: `table.length` must be at least 2, to hold rows out, received 1',
    );
  });

  test('is not taken from a fit that learned rows by heart', async () => {
    const { trials } = await latentClassMixture(table, { classes: [100], smoothing: 0.1 });
    expect(trials[0]!.iterations).toBeLessThan(20);
  });
});

test('gives the same model for a seed, and another for another', async () => {
  const table = orderLines(300);
  const learn = (seed: number) => latentClassMixture(table, { classes: 4, seed, iterations: 5 });
  const [one, again, other] = await Promise.all([learn(3), learn(3), learn(4)]);
  expect(again.classShares).toEqual(one.classShares);
  expect(await again.sample(50, { seed: 2 })).toEqual(await one.sample(50, { seed: 2 }));
  expect(other.classShares).not.toEqual(one.classShares);
});

test('refuses what it cannot fit', async () => {
  const table = orderLines(50);
  const learn = (options: object, of = table) => latentClassMixture(of, { classes: 2, ...options });
  await expect(learn({ classes: 0 })).rejects.toThrow(
    'latentClassMixture: `classes` must be a positive integer, received 0',
  );
  await expect(learn({ classes: 51 })).rejects.toThrow(/`classes` must be at most the number of different rows, \d+/);
  await expect(learn({ classes: [] })).rejects.toThrow('`classes` must not be empty');
  await expect(learn({ classes: [2, 0] })).rejects.toThrow('`classes` must hold positive integers only');
  await expect(learn({ classes: '2' })).rejects.toThrow('`classes` must be a positive integer');
  await expect(learn({ classes: [2, 45] })).rejects.toThrow(
    /`classes` must be at most the number of different rows that are not held out, \d+, received 45/,
  );
  await expect(learn({ classes: [1, 2], heldOutShare: 0 })).rejects.toThrow(
    '`heldOutShare` must be a number in (0, 1]',
  );
  await expect(learn({ smoothing: -1 })).rejects.toThrow('`smoothing` must be a number >= 0');
  await expect(learn({ klasses: 2 })).rejects.toThrow('`klasses` must be left out');
  await expect(learn({ iterations: 1.5 })).rejects.toThrow('`iterations`');
  await expect(learn({ tolerance: Number.NaN })).rejects.toThrow('`tolerance`');
  await expect(learn({ onProgress: 3 })).rejects.toThrow('`onProgress` must be a function');
  await expect(latentClassMixture(table, null as never)).rejects.toThrow('`options` must be an object of options');
});

test('keeps the likelihood of rows with so many columns that their probability is no number', async () => {
  const [width, length] = [400, 50];
  const names = Array.from({ length: width }, (_, place) => `c${place}`);
  const lines = Array.from({ length }, (_, row) =>
    names.map((_name, place) => `v${(row * (place + 1)) % 47}`).join(','),
  );
  const kinds = Object.fromEntries(names.map((name) => [name, categoryColumn()]));
  const table = parseTable([names.join(','), ...lines].join('\n'), kinds);
  const model = await latentClassMixture(table, { classes: 1, smoothing: 0 });
  // 47 values in 50 rows: three of them in two rows, the others in one; but in columns 47, 94 ... it is one alone.
  const first = names.reduce((sum, _, place) => sum + Math.log((place + 1) % 47 === 0 ? 1 : 2 / 50), 0);
  expect(first).toBeLessThan(-1200);
  expect((await model.logProbability(table))[0]).toBeCloseTo(first, 8);
});
