import { categoryColumn, countColumn, createRng, gaussianCopula, numberColumn, parseTable } from 'minimart';
import { expect, test } from 'vitest';
import { lattice } from '../../src/tables/copula/lattice.js';

/** Lines `a,b` so many times each. */
function lines(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([line, count]) => `${line}\n`.repeat(count))
    .join('');
}

const yesNo = { a: categoryColumn(), b: categoryColumn() };

// P(both above 0) = 1/4 + asin(rho) / (2 pi) for normal numbers with mean 0 (Sheppard 1899).
test.each([0.05, 0.25, 0.4, 0.5])(
  'finds the correlation behind two halves that fall together in %d of the rows',
  async (both) => {
    const half = 1000 * both;
    const counts = { 'y,y': half, 'n,n': half, 'y,n': 500 - half, 'n,y': 500 - half };
    const table = parseTable(`a,b\n${lines(counts)}`, yesNo);
    const model = await gaussianCopula(table);
    const rho = Math.sin(2 * Math.PI * (both - 0.25));
    // Ids have no order of their own; a correlation ends at 0.999.
    expect(Math.abs(model.correlations[0]![1]!)).toBeCloseTo(Math.min(0.999, Math.abs(rho)), 3);
    const stated = await model.probability({ a: 'y', b: 'y' });
    expect(Math.abs(stated - Math.min(0.493, Math.max(0.007, both)))).toBeLessThan(0.003);
  },
);

test('finds the correlation of numbers, of cut numbers and of a fall', async () => {
  const rng = createRng(3);
  const rows = Array.from({ length: 20_000 }, () => {
    const x = rng.normal();
    const [y, z] = [0.6 * x + 0.8 * rng.normal(), -0.3 * x + Math.sqrt(0.91) * rng.normal()];
    return `${Math.exp(x)},${Math.floor(y)},${z ** 3}`;
  });
  const table = parseTable(`x,y,z\n${rows.join('\n')}\n`, { x: numberColumn(), y: numberColumn(), z: numberColumn() });
  const { correlations } = await gaussianCopula(table, { bins: 50 });
  // Three standard errors of a correlation of 20,000 rows are 0.02.
  expect(Math.abs(correlations[0]![1]! - 0.6)).toBeLessThan(0.02);
  expect(Math.abs(correlations[0]![2]! + 0.3)).toBeLessThan(0.02);
  expect(Math.abs(correlations[1]![2]! + 0.18)).toBeLessThan(0.02);
  expect(correlations.map((row, place) => row[place])).toEqual([1, 1, 1]);
});

test('puts ids in the order in which they go with the numbers', async () => {
  // Frequencies and first appearances say nothing of the order: medium, small, large.
  const counts = { 'M,5': 200, 'M,6': 150, 'S,1': 90, 'S,2': 110, 'L,20': 120, 'L,24': 80 };
  const table = parseTable(`size,pieces\n${lines(counts)}`, { size: categoryColumn(), pieces: countColumn() });
  const model = await gaussianCopula(table);
  expect(Math.abs(model.correlations[0]![1]!)).toBeGreaterThan(0.9);
  const small = await model.probability({ size: 'S', pieces: { to: 2 } });
  expect(small).toBeGreaterThan(0.2);
  expect(await model.probability({ size: 'S', pieces: { from: 20 } })).toBeLessThan(0.005);
});

test('columns that repeat each other, or never vary, leave correlations that are possible', async () => {
  const csv = `a,b,c,d\n${Array.from({ length: 300 }, (_, row) => `${row},${row % 7},${-row},9`).join('\n')}\n`;
  const kinds = { a: numberColumn(), b: numberColumn(), c: numberColumn(), d: countColumn() };
  const model = await gaussianCopula(parseTable(csv, kinds));
  expect(model.correlations[0]![2]).toBeLessThan(-0.98);
  expect(model.correlations[3]).toEqual([0, 0, 0, 1].map((value) => expect.closeTo(value, 9)));
  const { a, c, d } = (await model.sample(2000, { where: { a: { from: 250 } }, seed: 2 })).columns;
  expect(Math.max(...c.values)).toBeLessThan(-200);
  expect(Math.min(...a.values)).toBeGreaterThanOrEqual(250);
  expect(new Set(d.values)).toEqual(new Set([9]));
});

test('a lattice averages polynomials as their integrals', () => {
  const uniform = lattice(3);
  let sum = 0;
  // 1,024 random points would miss by 0.0037, their standard error.
  for (let point = 0; point < 1024; point += 1) sum += uniform(point, 0) * uniform(point, 1) ** 2 * uniform(point, 2);
  expect(Math.abs(sum / 1024 - 1 / 12)).toBeLessThan(1.2e-3);
});
