// npx tsx bench/forecast/stock.ts [--products 10000] [--periods 14] [--seeds 0,1,2] [--methods 'SES;ADIDA']: README.md says what it shows.

import { parseArgs } from 'node:util';
import {
  adidaForecast,
  boostedForecast,
  conformalForecast,
  etsForecast,
  type ForecastMethod,
  forecastCosts,
  meanForecast,
  sesForecast,
  tsbForecast,
  zeroForecast,
} from 'minimart';
import { augursEts } from './augurs-ets.js';
import { networkMethods } from './network-methods.js';
import { uciWeeks } from './uci-weeks.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    products: { type: 'string', default: '10000' },
    periods: { type: 'string', default: '14' },
    rows: { type: 'string', default: '60000' },
    seeds: { type: 'string', default: '0,1,2' },
    methods: { type: 'string', default: '' },
  },
});
const augurs = await augursEts();
const methods: readonly ForecastMethod[] = [
  zeroForecast(),
  meanForecast(),
  meanForecast({ window: 8 }),
  sesForecast(),
  sesForecast({ smoothing: 0.1 }),
  tsbForecast(),
  adidaForecast(),
  etsForecast(),
  ...(augurs ? [augurs] : []),
  conformalForecast(adidaForecast(), { origins: 8 }),
  boostedForecast({ rows: Number(values.rows), rounds: 100 }),
  ...(await networkMethods(Number(values.rows), values.seeds)),
];
const chosen = values.methods.split(';').filter(Boolean);
const sales = await uciWeeks(values.data, Number(values.products));
const { table } = await forecastCosts(sales, {
  methods: methods.filter(({ name }) => chosen.length === 0 || chosen.includes(name)),
  ...{ periods: Number(values.periods), leadTime: 1, holding: 1, penalty: 9, unmet: 'lost' },
});
console.log(table);
