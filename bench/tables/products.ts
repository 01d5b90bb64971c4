// npx tsx bench/tables/products.ts [--classes 300, or choose] [--rows 50000] [--seed 1] [--pairs]: README.md says what it shows.

import { parseArgs } from 'node:util';
import { independentColumns, latentClassMixture, type TableModel } from 'minimart';
import { sharedData } from '../recsys/shared-data.js';
import { type OrderLineColumns, readOrderLines } from './order-lines.js';

const path = sharedData('online-retail', 'online-retail.csv.gz');
if (!path) throw new Error('Online Retail is not there: set MINIMART_DATA to the folder that holds online-retail.');

const { values } = parseArgs({
  options: {
    classes: { type: 'string', default: '300' },
    rows: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
    pairs: { type: 'boolean', default: false },
  },
});
const classes = values.classes === 'choose' ? undefined : Number(values.classes);
const [rows, seed] = [Number(values.rows), Number(values.seed)];
const { train, test } = readOrderLines(path, rows, 20_000, seed, Number.POSITIVE_INFINITY);
const together = values.pairs ? ([['group', 'price']] as const) : [];
const products = new Set(train.columns.group.codes).size;

let most = 0;
const look = () => {
  most = Math.max(most, process.memoryUsage().arrayBuffers / 2 ** 20);
};

async function show(name: string, learn: () => Promise<TableModel<OrderLineColumns>>): Promise<void> {
  most = 0;
  const before = process.memoryUsage().arrayBuffers / 2 ** 20;
  const start = process.cpuUsage();
  const model = await learn();
  look();
  const { user, system } = process.cpuUsage(start);
  const logs = await model.logProbability(test);
  const held = logs.filter(Number.isFinite);
  const mean = held.reduce((sum, log) => sum + log, 0) / held.length;
  const cells = [((user + system) / 1e6).toFixed(1), (most - before).toFixed(0), mean.toFixed(4)];
  console.log(`| ${[name, ...cells, logs.length - held.length].join(' | ')} |`);
}

const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0);
console.log(`${train.length} lines of ${products} products, seed ${seed}; ${peak} MB at most to read them\n`);
console.log('| model | fit, s | arrays of the fit, MB | log-probability held out | rows ruled out |');
console.log('| --- | --- | --- | --- | --- |');
const settings = { ...(classes && { classes }), seed, tolerance: 0, together, onProgress: look };
await show('independentColumns', () => independentColumns(train, { together }));
await show(`latentClassMixture, ${values.classes} classes`, async () => {
  const model = await latentClassMixture(train, settings);
  for (const trial of model.trials) console.error(JSON.stringify(trial));
  return model;
});
console.log(`\n${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB at most in the process`);
