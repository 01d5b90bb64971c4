// npx tsx bench/tables/run.ts [--model name] [--classes 300] [--rows 50000] [--seed 1] [--seeds 3]: README.md says what it shows.

import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers';
import { parseArgs } from 'node:util';
import {
  bootstrapRows,
  conditionalNetwork,
  formatVerdict,
  gaussianCopula,
  independentColumns,
  judgeTable,
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
    model: { type: 'string' },
    classes: { type: 'string', default: '300' },
    rows: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '3' },
  },
});
const [classes, rows, seed, seeds] = [values.classes, values.rows, values.seed, values.seeds].map(Number) as [
  number,
  number,
  number,
  number,
];
const { train, test } = readOrderLines(path, rows, 20_000, seed);
const where = { country: 'France', hour: { from: 9, to: 11 }, pieces: { from: 12 } };
const target = { pieces: { from: 11 } };

/** All models: another is a line. */
const models: Readonly<Record<string, () => Promise<TableModel<OrderLineColumns>>>> = {
  bootstrapRows: () => bootstrapRows(train),
  independentColumns: () => independentColumns(train),
  gaussianCopula: () => gaussianCopula(train),
  latentClassMixture: () => latentClassMixture(train, { classes, seed, tolerance: 0 }),
  conditionalNetwork: () => conditionalNetwork(train, { seed }),
  trainTableGan: async () => {
    const start = await conditionalNetwork(train, { seed });
    return trainTableGan(train, { start, steps: 1200, reportEvery: 50, seed });
  },
};

async function show(name: string, learn: () => Promise<TableModel<OrderLineColumns>>): Promise<void> {
  const start = process.cpuUsage();
  const model = await learn();
  const fitted = seconds(start);
  const begin = process.cpuUsage();
  await model.sample(test.length, { seed });
  const sampled = seconds(begin);
  const logs = await model.logProbability(test);
  const held = logs.filter(Number.isFinite);
  const mean = held.reduce((sum, log) => sum + log, 0) / held.length;
  const stated = (await model.probability(where)).toExponential(3);
  console.log(`\n## ${name}\n`);
  console.log(
    `Learned in ${fitted} s, 20,000 rows drawn in ${sampled} s. Log-probability held out ${mean.toFixed(4)},`,
  );
  console.log(`${logs.length - held.length} rows ruled out; probability of the condition ${stated}.\n`);
  const judging = process.cpuUsage();
  console.log(formatVerdict(await judgeTable(model, { real: train, heldOut: test, target, seeds, seed })));
  console.log(`Judged in ${seconds(judging)} s.`);
}

function seconds(start: NodeJS.CpuUsage): string {
  const { user, system } = process.cpuUsage(start);
  return ((user + system) / 1e6).toFixed(1);
}

console.log(`${train.length} lines, ${test.length} held out, ${classes} classes, 40 iterations, seed ${seed}`);
await useBackend('wasm');
for (const [name, learn] of Object.entries(models)) {
  if (values.model === undefined || values.model === name) await show(name, learn);
}
