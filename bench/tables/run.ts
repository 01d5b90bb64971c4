// npx tsx bench/tables/run.ts [--classes 300] [--rows 50000] [--seed 1]: README.md says what it shows.

import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers';
import { parseArgs } from 'node:util';
import {
  bootstrapRows,
  compareTables,
  conditionalNetwork,
  gaussianCopula,
  independentColumns,
  latentClassMixture,
  type TableModel,
  trainTableGan,
  useBackend,
} from 'minimart';
import { sharedData } from '../recsys/shared-data.js';
import { type OrderLineColumns, readOrderLines } from './order-lines.js';

const path = sharedData('online-retail', 'online-retail.csv.gz');
if (!path) throw new Error('Online Retail is not there: set MINIMART_DATA to the folder that holds online-retail.');

const { values } = parseArgs({
  options: {
    classes: { type: 'string', default: '300' },
    rows: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
  },
});
const [classes, rows, seed] = [Number(values.classes), Number(values.rows), Number(values.seed)];
const { train, test } = readOrderLines(path, rows, 20_000, seed);
const where = { country: 'France', hour: { from: 9, to: 11 }, pieces: { from: 12 } };

async function show<M extends TableModel<OrderLineColumns>>(name: string, learn: () => Promise<M>): Promise<M> {
  const start = process.cpuUsage();
  const model = await learn();
  const fitted = seconds(start);
  const begin = process.cpuUsage();
  const virtual = await model.sample(test.length, { seed });
  const sampled = seconds(begin);
  const logs = await model.logProbability(test);
  const held = logs.filter(Number.isFinite);
  const mean = held.reduce((sum, log) => sum + log, 0) / held.length;
  const stated = await model.probability(where);
  const { shape, pair, copies } = await compareTables(virtual, { real: train, heldOut: test });
  const scores = [shape, pair, copies].map(({ value, heldOut }) => `${value.toFixed(3)} / ${heldOut.toFixed(3)}`);
  const cells = [name, fitted, sampled, mean.toFixed(4), logs.length - held.length, stated.toExponential(3), ...scores];
  console.log(`| ${cells.join(' | ')} |`);
  return model;
}

function seconds(start: NodeJS.CpuUsage): string {
  const { user, system } = process.cpuUsage(start);
  return ((user + system) / 1e6).toFixed(1);
}

console.log(`${train.length} lines, ${test.length} held out, ${classes} classes, 40 iterations, seed ${seed}\n`);
console.log(
  '| model | fit, s | 20,000 rows, s | log-probability held out | rows ruled out | probability of the condition | shapes | pairs | copies |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
await useBackend('wasm');
await show('bootstrapRows', () => bootstrapRows(train));
await show('independentColumns', () => independentColumns(train));
await show('gaussianCopula', () => gaussianCopula(train));
await show('latentClassMixture', () => latentClassMixture(train, { classes, seed, tolerance: 0 }));
const network = await show('conditionalNetwork', () => conditionalNetwork(train, { seed }));
await show('trainTableGan', () => trainTableGan(train, { start: network, steps: 1200, reportEvery: 50, seed }));
