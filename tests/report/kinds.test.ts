import '../support/backends.js';
import {
  backtest,
  baseStockPolicy,
  certifyPolicy,
  createPeriodSales,
  createVocabulary,
  evaluateRanking,
  forecastSales,
  type GanReport,
  inventoryEnvironment,
  leaveLastOut,
  meanForecast,
  naiveForecast,
  poissonDemand,
  popularityRecommender,
  type TableVerdict,
} from 'minimart';
import {
  formatReport,
  paragraph,
  type Report,
  reportCertificate,
  reportForecast,
  reportGan,
  reportPage,
  reportRanking,
  reportVerdict,
} from 'minimart/report';
import { describe, expect, test } from 'vitest';
import { interactionsOf } from '../recsys/support/hand-made.js';

const evil = '<script>tea|mug</script>';

function expectWhole(report: Report): void {
  const page = reportPage(report);
  expect(page).not.toContain('<script');
  expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/);
  expect(formatReport(report)).not.toMatch(/NaN|undefined|Infinity|\[object/);
}

describe('a GAN', () => {
  const report = (step: number, more: Partial<GanReport> = {}): GanReport => ({
    ...({ step, epoch: 0, totalSteps: 3, samplesPerSecond: 10, elapsedSeconds: 1 } as unknown as GanReport),
    losses: { discriminator: -step, generator: 2 * step },
    realScore: 0.6,
    fakeScore: 0.4,
    ...more,
  });

  test('shows losses, scores, penalties where they were computed, validation, findings and why it ended', () => {
    const finding = { verdict: 'alike', evidence: evil, remedy: 'Less.' };
    const made = reportGan(
      [
        report(1, { penalties: { r1: 0.5 } }),
        report(2, { penalties: {}, findings: [finding] }),
        report(3, {
          penalties: { r1: 0.25 },
          validation: { at: 3, value: 7, bestAt: 3, bestValue: 7 },
          stopped: 'doctor',
        }),
      ],
      [paragraph('samples here')],
    );
    expectWhole(made);
    const text = formatReport(made);
    expect(made.lead).toBe('Stopped: doctor.');
    expect(text).toContain('samples here');
    expect(text).toContain(`Step 2, alike: ${evil} Less.`);
    expect(text).toContain('step    r1\n   1   0.5\n   3  0.25');
    expect(text).toContain('   3             -3          6');
    // What it believes of real samples stands first, as its head says.
    expect(text).toMatch(/D\(x\), real +D\(G\(z\)\), drawn\n +1 +0\.6 +0\.4\n/);
    expect(text).toContain('Validation\nstep  value\n   3      7');
  });

  test('says where losses were not finite', () => {
    const made = reportGan([report(1), report(2, { losses: { discriminator: Number.NaN, generator: 1 } }), report(3)]);
    expect(formatReport(made)).toContain('Left out: 1 value that is not finite.');
  });

  test.each([[[]], [undefined], [[{ step: 1 }]], ['text']])('refuses %j', (history) => {
    expect(() => reportGan(history as never)).toThrow(/^reportGan: `history/);
  });
});

test('a ranking stands beside its baseline, with every number of the metrics', async () => {
  const users = createVocabulary(['ann', 'bob', 'cid']);
  const items = createVocabulary(['a', 'b', 'c', 'd']);
  const rows = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 2],
    [2, 1],
    [2, 3],
  ] as const;
  const { train, test: held } = leaveLastOut(interactionsOf(users, items, rows));
  const named = { ...popularityRecommender(train), name: evil };
  const ranking = await evaluateRanking(named, { test: held, k: 2 });
  const report = reportRanking(ranking);
  expectWhole(report);
  const charts = Object.values(ranking.metrics).length;
  expect(reportPage(report).match(/<svg /g)?.length).toBe(charts);
  expect(formatReport(report)).toContain(`${evil}: 3 users`);
  expect(report.sections[0]?.heading).toBe('Beside popularity');
  // In each chart both, as one number: a recommender that only has another name ranks alike.
  const bars = formatReport({ title: report.title, sections: [report.sections[0]!] });
  const valuesOf = (name: string) =>
    bars
      .split('\n')
      .filter((line) => line.startsWith(name))
      .map((line) => line.match(/ ([\d.]+)/)?.[1]);
  expect(valuesOf('popularity')).toHaveLength(charts);
  expect(valuesOf('popularity')).toEqual(valuesOf(evil));
  // A pipe in a name is no end of a cell.
  expect(formatReport(report)).toMatch(/^metric +<script>tea\|mug<\/script>/m);
});

test('a verdict shows virtual rows beside real ones, and says what it means', () => {
  const verdict: TableVerdict = {
    table: '',
    rows: 500,
    seeds: 3,
    target: evil,
    scores: [
      {
        name: 'pairs',
        best: 'higher',
        virtual: { value: 0.9, interval: [0.88, 0.92] },
        real: { value: 0.95 },
        verdict: 'worse',
      },
      {
        name: 'accuracy',
        best: 'higher',
        virtual: { value: 0.7 },
        real: { value: 0.8 },
        constant: 0.5,
        verdict: 'not said',
      },
    ],
  };
  const report = reportVerdict(verdict);
  expectWhole(report);
  const text = formatReport(report);
  expect(text).toMatch(/^virtual rows +0\.9 \(0\.88 to 0\.92\)$/m);
  expect(text).toMatch(/^real rows +0\.95$/m);
  expect(text).toMatch(/^no column +0\.5$/m);
  expect(text).toContain('worse than real rows');
  expect(text).toContain(`Predictions are of ${evil}`);
});

test('a certificate shows the policy, its rivals and the optimum, and one episode has no interval', async () => {
  const environment = inventoryEnvironment({ demand: poissonDemand(3), holding: 1, penalty: 9 });
  const policy = { ...baseStockPolicy({ level: 6 }), name: evil };
  for (const episodes of [1, 3]) {
    const certificate = await certifyPolicy({ policy, environment, episodes, seed: 1 });
    const report = reportCertificate(certificate);
    expectWhole(report);
    const text = formatReport(report);
    for (const { name } of certificate.rivals) expect(text).toContain(name);
    expect(text).toContain('fill rate');
    const sentences = certificate.table
      .split('\n\n')[1]!
      .split('\n')
      .filter((line) => line !== '');
    for (const sentence of sentences) expect(text).toContain(sentence);
  }
});

describe('a forecast', () => {
  const sales = createPeriodSales({ [evil]: [3, 0, 2, 4, 1, 2, 3, 1], mug: [0, 0, 0, 1, 0, 0, 2, 1] });

  test('shows what was sold, means and bands, and how good methods were', async () => {
    const forecast = await forecastSales(sales, { method: meanForecast(), horizon: 2 });
    const judged = await backtest(sales, { methods: [meanForecast(), naiveForecast()], horizon: 1, origins: 2 });
    const report = reportForecast(forecast, { sales, backtest: judged });
    expectWhole(report);
    const text = formatReport(report);
    // 16 pieces in 8 periods; the last of them is period 0, and the forecast begins with period 1.
    const row = [1, 2, forecast.quantile(evil, 0.1)[0], forecast.quantile(evil, 0.9)[0]];
    expect(text.split('\n').map((line) => line.trim().split(/\s+/).map(Number))).toContainEqual(row);
    expect(text).toMatch(/^ +0 +1$/m);
    expect(text).toContain('RMSSE with 95% intervals');
  });

  test('names doubtful products', async () => {
    const dull = createPeriodSales({ tea: [1, 2, 1, 2], none: [0, 0, 0, 0] });
    const forecast = await forecastSales(dull, { method: meanForecast(), horizon: 1 });
    expect(formatReport(reportForecast(forecast))).toContain('nothing sold: none.');
  });

  test('refuses what is none, products that are not there, and a share that is none', async () => {
    const forecast = await forecastSales(sales, { method: meanForecast(), horizon: 2 });
    expect(() => reportForecast({} as never)).toThrow(
      /^reportForecast: `forecast` must be a result of `forecastSales`/,
    );
    expect(() => reportForecast(forecast, { products: ['pot'] })).toThrow(/`product` must be one of the products/);
    expect(() => reportForecast(forecast, { share: 1 })).toThrow(/^reportForecast: `share`/);
  });
});
