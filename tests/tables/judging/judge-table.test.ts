import { formatVerdict, independentColumns, judgeTable, type TableGenerator, type VerdictProgress } from 'minimart';
import { describe, expect, test } from 'vitest';
import { combineRuns, type MeasuredScore } from '../../../src/tables/judging/report/combine-runs.js';
import { type OrderColumns, orderLines } from '../order-lines.js';

const [real, heldOut] = [orderLines(200, 1), orderLines(200, 2)];

test('a model is judged over three seeds, beside real rows, with a word for each score', async () => {
  const steps: VerdictProgress[] = [];
  const onProgress = (step: VerdictProgress) => void steps.push(step);
  const options = { real, heldOut, target: { pieces: { from: 7 } }, onProgress } as const;
  const verdict = await judgeTable(await independentColumns(real), options);
  expect(verdict).toMatchObject({ rows: 200, seeds: 3, target: '{"pieces":{"from":7}}' });
  const names = ['columns', 'pairs', 'trees', 'logistic', 'copies', 'closer', 'attack', 'area under the curve'];
  expect(verdict.scores.map(({ name }) => name)).toEqual(names);
  const of = (name: string) => verdict.scores.find((score) => score.name === name)!;
  expect(of('trees').verdict).toBe('worse');
  expect(of('area under the curve').verdict).toBe('worse');
  expect(of('area under the curve').constant).toBe(0.5);
  expect(of('closer').real).toEqual({ value: 0.5, interval: [0.5, 0.5] });
  expect(steps.map(({ done }) => done)).toEqual(Array.from({ length: 15 }, (_, place) => place + 1));
  expect(steps[0]).toEqual({ part: 'rows', done: 1, total: 15 });
  const text = formatVerdict(verdict);
  expect(verdict.table).toBe(text);
  expect(text).toContain('200 virtual rows from each of 3 seeds, beside 200 real ones that were held out.');
  expect(text).toContain('Rows as a whole can be told from real ones.');
  expect(text.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(10);
});

test('a model that knows the real rows is told by its copies', async () => {
  const memory = { sample: async () => real } as TableGenerator<OrderColumns>;
  const verdict = await judgeTable(memory, { real, heldOut, seeds: 2 });
  for (const name of ['copies', 'closer', 'attack']) {
    expect(verdict.scores.find((score) => score.name === name)!.verdict).toBe('worse');
  }
  const text = formatVerdict(verdict);
  expect(text.match(/\| learned by heart \|/g)).toHaveLength(3);
  expect(text).toContain('Rows were learned by heart');
});

test('a table has the intervals of its measures, and no word where there is none', async () => {
  const { scores, seeds } = await judgeTable(orderLines(200, 3), { real, heldOut });
  expect(seeds).toBe(1);
  expect(scores[1]).toMatchObject({ name: 'pairs', verdict: 'not said' });
  expect(scores[1]!.virtual.interval).toBeUndefined();
  expect(scores.find(({ name }) => name === 'copies')!.verdict).toBe('as good');
});

test('several seeds give the mean, with Student over the differences', () => {
  const run = (virtual: number, mark: number): MeasuredScore[] => [
    { name: 'pairs', best: 'higher', virtual: { value: virtual }, real: { value: mark } },
  ];
  const [score] = combineRuns([run(0.6, 0.7), run(0.7, 0.8), run(0.8, 0.9)]);
  expect(score!.virtual.value).toBeCloseTo(0.7, 12);
  // Standard deviation 0.1 of three, 4.3027 standard errors to either side.
  expect(score!.virtual.interval![1]).toBeCloseTo(0.7 + (4.302653 * 0.1) / Math.sqrt(3), 6);
  // Each difference is -0.1, whatever the seed.
  expect(score!.verdict).toBe('worse');
  expect(combineRuns([run(0.6, 0.5), run(0.5, 0.6)])[0]!.verdict).toBe('as good');
});

describe('what cannot be judged is refused', () => {
  test.each([
    [
      'seeds of a table',
      real,
      { real, heldOut, seeds: 2 },
      '`seeds` must be 1 where rows are given: only a model can draw others, received 2',
    ],
    ['few rows', orderLines(59), { real, heldOut }, '`virtual` must have 60 rows or more'],
    ['no source', undefined as never, { real, heldOut }, '`virtual` must be a table'],
    ['no such target', real, { real, heldOut, target: 'size' as never }, '`target` must name columns of the table'],
  ])('%s', async (_, source, options, message) => {
    await expect(judgeTable(source, options)).rejects.toThrow(`judgeTable: ${message}`);
  });
});
