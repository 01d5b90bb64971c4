// npx tsx bench/tables/products.ts [--classes 300, or choose] [--rows 50000] [--seed 1] [--pairs]
// [--model independentColumns,latentClassMixture] [--epochs 30] [--steps 1200]: README.md says what it shows.

import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers';
import { parseArgs } from 'node:util';
import { backend } from '@tensorflow/tfjs-core';
import {
  type ConditionalNetwork,
  conditionalNetwork,
  independentColumns,
  latentClassMixture,
  type Table,
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
    pairs: { type: 'boolean', default: false },
    model: { type: 'string', default: 'independentColumns,latentClassMixture' },
    epochs: { type: 'string', default: '30' },
    steps: { type: 'string', default: '1200' },
  },
});
const classes = values.classes === 'choose' ? undefined : Number(values.classes);
const [rows, seed] = [Number(values.rows), Number(values.seed)];
const { train, test } = readOrderLines(path, rows, 20_000, seed, Number.POSITIVE_INFINITY);
const together = values.pairs ? ([['group', 'price']] as const) : [];
const linesOf = new Map<number, number>();
for (const code of train.columns.group.codes) linesOf.set(code, (linesOf.get(code) ?? 0) + 1);

/** Arrays outside the engine, and the engine's memory, which never shrinks. */
const memory = () => {
  const { wasm } = backend() as unknown as { readonly wasm: { readonly HEAPU8: Uint8Array } };
  return (process.memoryUsage().arrayBuffers + wasm.HEAPU8.length) / 2 ** 20;
};
let most = 0;
const look = () => {
  most = Math.max(most, memory());
};

/** Share of the rows of products that fewer than ten learned lines have, and how many products the rows have. */
function tailOf(table: Table<OrderLineColumns>): string[] {
  const codes = table.columns.group.codes;
  const rare = codes.reduce((sum, code) => sum + ((linesOf.get(code) ?? 0) < 10 ? 1 : 0), 0);
  return [(rare / codes.length).toFixed(4), String(new Set(codes).size)];
}

async function show(name: string, learn: () => Promise<TableModel<OrderLineColumns>>): Promise<void> {
  most = 0;
  const before = memory();
  const start = process.cpuUsage();
  const model = await learn();
  look();
  const { user, system } = process.cpuUsage(start);
  const logs = await model.logProbability(test);
  const held = logs.filter(Number.isFinite);
  const mean = held.reduce((sum, log) => sum + log, 0) / held.length;
  const cells = [((user + system) / 1e6).toFixed(1), (most - before).toFixed(0), mean.toFixed(4)];
  const drawn = tailOf(await model.sample(test.length, { seed }));
  console.log(`| ${[name, ...cells, logs.length - held.length, ...drawn].join(' | ')} |`);
}

const peak = (process.resourceUsage().maxRSS / 1024).toFixed(0);
console.log(`${train.length} lines of ${linesOf.size} products, seed ${seed}; ${peak} MB at most to read them\n`);
console.log(
  '| model | fit, s | arrays and engine, MB more | log-probability held out | rows ruled out | rare products | products drawn |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- |');
console.log(`| rows held out | | | | | ${tailOf(test).join(' | ')} |`);
const settings = { ...(classes && { classes }), seed, tolerance: 0, together, onProgress: look };
let network: ConditionalNetwork<OrderLineColumns> | undefined;

/** All models: another is a line. The GAN begins as the network that was learned just before, where there is one. */
const models: Readonly<Record<string, () => Promise<TableModel<OrderLineColumns>>>> = {
  independentColumns: () => independentColumns(train, { together }),
  latentClassMixture: async () => {
    const model = await latentClassMixture(train, settings);
    for (const trial of model.trials) console.error(JSON.stringify(trial));
    return model;
  },
  conditionalNetwork: async () => {
    network = await conditionalNetwork(train, { epochs: Number(values.epochs), seed, together, onProgress: look });
    return network;
  },
  trainTableGan: async () => {
    const start = network ?? (await models.conditionalNetwork!());
    const own = { start: start as ConditionalNetwork<OrderLineColumns>, steps: Number(values.steps) };
    return trainTableGan(train, { ...own, reportEvery: 50, seed, onProgress: look });
  },
};

await useBackend('wasm');
for (const name of values.model.split(',')) {
  const learn = models[name];
  if (!learn) throw new Error(`No model is called ${name}: ${Object.keys(models).join(', ')}.`);
  await show(name, learn);
}
console.log(`\n${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB at most in the process`);
