// npx tsx bench/forecast/uci.ts [--origins 4] [--products 10000] [--rows 150000] [--seeds 0,1,2] [--methods 'SES;ADIDA']: README.md says what
// it shows.

import { parseArgs } from 'node:util';
import {
  adidaForecast,
  backtest,
  boostedForecast,
  conformalForecast,
  crostonForecast,
  etsForecast,
  type ForecastMethod,
  meanForecast,
  naiveForecast,
  sbaForecast,
  sesForecast,
  thetaForecast,
  tsbForecast,
} from 'minimart';
import { augursEts } from './augurs-ets.js';
import { networkMethods } from './network-methods.js';
import { uciWeeks } from './uci-weeks.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    origins: { type: 'string', default: '4' },
    products: { type: 'string', default: '10000' },
    rows: { type: 'string', default: '150000' },
    seeds: { type: 'string', default: '0,1,2' },
    methods: { type: 'string', default: '' },
  },
});
const horizon = 4;

const augurs = await augursEts();
const methods: readonly ForecastMethod[] = [
  naiveForecast(),
  meanForecast(),
  meanForecast({ window: 8 }),
  sesForecast(),
  sesForecast({ smoothing: 0.1 }),
  crostonForecast(),
  sbaForecast(),
  tsbForecast(),
  adidaForecast(),
  thetaForecast(),
  etsForecast(),
  ...(augurs ? [augurs] : []),
  conformalForecast(sesForecast({ smoothing: 0.1 }), { origins: 8 }),
  boostedForecast({ rows: Number(values.rows) }),
  ...(await networkMethods(Number(values.rows), values.seeds)),
];
const chosen = values.methods.split(';').filter(Boolean);
const sales = await uciWeeks(values.data, Number(values.products));
console.log(`${sales.products.size} products, ${sales.periods} weeks; augurs ${augurs ? 'is there' : 'is missing'}`);
let last = process.cpuUsage();
const seconds = new Map<string, number>();
const report = await backtest(sales, {
  methods: methods.filter(({ name }) => chosen.length === 0 || chosen.includes(name)),
  horizon,
  origins: Number(values.origins),
  onProgress: ({ method }) => {
    const { user, system } = process.cpuUsage(last);
    last = process.cpuUsage();
    seconds.set(method, (seconds.get(method) ?? 0) + (user + system) / 1e6);
  },
});
console.log(report.table);
console.log(`\n${report.unscored.length} products were not scored; origins ${report.origins.join(', ')}\n`);
for (const [method, used] of seconds) console.log(`${method}: ${used.toFixed(1)} s of processor time`);
