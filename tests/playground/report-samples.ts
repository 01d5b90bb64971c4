import '@tensorflow/tfjs-backend-cpu';
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
} from '../../src/index.js';
import { encodeImageGrid } from '../../src/node/index.js';
import {
  barChart,
  dataTable,
  factTable,
  heatMap,
  paragraph,
  picture,
  type Report,
  reportCertificate,
  reportForecast,
  reportGan,
  reportRanking,
  reportVerdict,
  shareChart,
  sideBySide,
  subheading,
} from '../../src/report/index.js';
import { interactionsOf } from '../recsys/support/hand-made.js';

// As wide as names of shops become, and one word.
const longName = 'REGENCY-CAKESTAND-THREE-TIER-WITH-HANDLE-AND-BOX-OF-TWELVE';

/** One report of each kind, and one of all parts. */
export const reportSamples: Readonly<Record<string, () => Report | Promise<Report>>> = {
  gan,
  ranking,
  verdict,
  certificate,
  forecast,
  parts,
};

const steps = Array.from({ length: 200 }, (_, place) => 25 * (place + 1));

async function gan(): Promise<Report> {
  const values = Float32Array.from({ length: 16 * 8 * 8 }, (_, at) => (at % 13) / 13);
  const bytes = await encodeImageGrid({ values, shape: [16, 8, 8, 1] });
  const last = steps.at(-1)!;
  const finding = { verdict: 'learning rate too high', evidence: `${longName} rose by 12.5.`, remedy: 'Halve it.' };
  const history = steps.map((step, place): GanReport => {
    const base = { step, epoch: 0, totalSteps: last, samplesPerSecond: 1234, elapsedSeconds: 1 };
    return {
      ...(base as unknown as GanReport),
      losses: { discriminator: 1 + Math.sin(place / 9), generator: 2 + Math.cos(place / 7) },
      realScore: 0.6,
      fakeScore: 0.4,
      penalties: { r1: 0.5 + 0.1 * Math.sin(place) },
      findings: place === 50 ? [finding] : [],
      validation: { at: step, value: 7, bestAt: step, bestValue: 7 },
    };
  });
  return reportGan(history, [picture({ bytes, description: 'A grid of 16 patterns.', caption: 'Samples' })]);
}

async function ranking(): Promise<Report> {
  const users = createVocabulary(['ann', 'bob', 'cid']);
  const items = createVocabulary(['a', 'b', 'c', 'd']);
  const pairs = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 2],
    [2, 1],
    [2, 3],
  ] as const;
  const { train, test } = leaveLastOut(interactionsOf(users, items, pairs));
  return reportRanking(await evaluateRanking({ ...popularityRecommender(train), name: longName }, { test, k: 2 }));
}

function verdict(): Report {
  const score = { name: 'pairs', best: 'higher', real: { value: 0.95 }, verdict: 'worse' } as const;
  const scores: TableVerdict['scores'] = [
    { ...score, virtual: { value: 0.9, interval: [0.88, 0.92] } },
    { ...score, name: 'accuracy', virtual: { value: 0.7 }, real: { value: 0.8 }, constant: 0.5, verdict: 'not said' },
  ];
  return reportVerdict({ rows: 500, seeds: 3, target: longName, scores, table: '' });
}

async function certificate(): Promise<Report> {
  const environment = inventoryEnvironment({ demand: poissonDemand(3), holding: 1, penalty: 9 });
  const policy = { ...baseStockPolicy({ level: 6 }), name: longName };
  return reportCertificate(await certifyPolicy({ policy, environment, episodes: 3, seed: 1 }));
}

async function forecast(): Promise<Report> {
  const sales = createPeriodSales({
    [longName]: [3, 0, 2, 4, 1, 2, 3, 1],
    mug: [0, 0, 0, 1, 0, 0, 2, 1],
    none: [0, 0, 0, 0, 0, 0, 0, 0],
  });
  const judged = await backtest(sales, { methods: [meanForecast(), naiveForecast()], horizon: 1, origins: 2 });
  const made = await forecastSales(sales, { method: meanForecast(), horizon: 2 });
  return reportForecast(made, { sales, backtest: judged });
}

// What the kinds do not use, and names that are hard on a layout.
function parts(): Report {
  const names = ['quantity', 'unit price', 'country', 'weekday', longName];
  const words = { title: 'Pairs', description: 'Of columns.' };
  const values = names.map((_, row) => names.map((_, column) => (column < row ? 1 - 0.1 * (row + column) : undefined)));
  const groups = names.map((name, place) => ({ name, real: 0.1 * place, virtual: 0.4 - 0.1 * place }));
  const columns = [{ name: 'product' }, ...names.map((name) => ({ name, isNumber: true }))];
  const table = { columns, rows: [[longName, 12345.678, 2, 3, 4, 5]] };
  const share = (title: string) => shareChart({ title, description: 'Alike.', groups });
  const bars = [
    { name: longName, value: -3.25, interval: [-4.5, -1.5] as const },
    { name: 'none', value: 2, isMark: true },
  ];
  return {
    title: longName,
    lead: `What ${longName} does.`,
    footer: 'Made by hand.',
    sections: [
      {
        heading: 'Pairs',
        parts: [heatMap({ ...words, names, values, range: [1, 0.2] }), sideBySide([share('one'), share('two')])],
      },
      {
        heading: longName,
        parts: [
          subheading(longName),
          dataTable(table),
          dataTable({ ...table, caption: 'Products' }),
          dataTable({ ...table, caption: 'Products' }),
        ],
      },
      { heading: 'Bars', parts: [barChart({ title: 'Change', description: 'Below 0.', bars })] },
      {
        heading: 'Facts',
        parts: [
          factTable([['seed', 7]]),
          factTable([['data', longName]]),
          paragraph(['See ', { text: longName, url: 'https://example.org' }, '.']),
        ],
      },
    ],
  };
}
