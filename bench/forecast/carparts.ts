// npx tsx bench/forecast/carparts.ts: README.md says what it shows.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import {
  adidaForecast,
  backtest,
  boostedForecast,
  createPeriodSales,
  crostonForecast,
  etsForecast,
  type ForecastMethod,
  imapaForecast,
  meanForecast,
  naiveForecast,
  type PeriodSales,
  sbaForecast,
  seasonalNaiveForecast,
  sesForecast,
  thetaForecast,
  tsbForecast,
} from 'minimart';
import { sharedData } from '../recsys/shared-data.js';
import { networkMethods } from './network-methods.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    rows: { type: 'string', default: '60000' },
    seeds: { type: 'string', default: '0,1,2' },
  },
});
const horizon = 12;

/** What others reached by the same protocol, where it is known. */
const published: Readonly<Record<string, number>> = {
  zero: 0.721,
  naive: 0.875,
  'seasonal naive (12)': 0.985,
  mean: 0.762,
  'mean of 6': 0.724,
  SES: 0.729,
  Croston: 0.812,
  SBA: 0.802,
  TSB: 0.726,
  ADIDA: 0.719,
};

/** The parts whose 51 months are all there. */
function readParts(path: string): PeriodSales {
  const [, ...lines] = gunzipSync(readFileSync(path)).toString().trim().split('\n');
  const rows = lines.map((line) => line.split(',')).filter((cells) => cells.every((cell) => cell !== ''));
  const series = Object.fromEntries(rows.map(([part, ...months]) => [`part ${part}`, months.map(Number)]));
  return createPeriodSales(series, { period: 'month', start: Date.UTC(1998, 0, 1) });
}

const methods: readonly ForecastMethod[] = [
  naiveForecast(),
  seasonalNaiveForecast({ season: 12 }),
  meanForecast(),
  meanForecast({ window: 6 }),
  sesForecast(),
  crostonForecast(),
  sbaForecast(),
  tsbForecast(),
  adidaForecast(),
  imapaForecast(),
  thetaForecast(),
  sesForecast({ smoothing: 0.1 }),
  { ...tsbForecast({ sizeSmoothing: 0.2 }), name: 'TSB, size 0.2' },
  etsForecast(),
  boostedForecast({ rows: Number(values.rows) }),
  ...(await networkMethods(Number(values.rows), values.seeds)),
];

const path = values.data ?? sharedData('carparts', 'carparts.csv.gz');
if (!path)
  throw new Error('carparts is not there: name it by --data, or set MINIMART_DATA to the folder that holds it.');
const sales = readParts(path);
const start = process.cpuUsage();
const report = await backtest(sales, { methods, horizon });
const { user, system } = process.cpuUsage(start);
console.log(`${report.table}\n\n${((user + system) / 1e6).toFixed(1)} s\n`);
console.log('| method | RMSSE | published |\n| --- | --- | --- |');
for (const { method, rmsse } of report.methods) {
  if (published[method]) console.log(`| ${method} | ${rmsse.value.toFixed(4)} | ${published[method].toFixed(3)} |`);
}
