// npx tsx bench/tables/run.ts [--model name] [--classes 300] [--rows 50000] [--seed 1] [--seeds 3] [--fits 1]
// [--bins 20]: README.md says what it shows.

import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers';
import { parseArgs } from 'node:util';
import {
  bootstrapRows,
  type ConditionalNetwork,
  conditionalNetwork,
  formatVerdict,
  gaussianCopula,
  independentColumns,
  judgeTable,
  latentClassMixture,
  type TableModel,
  type TableVerdict,
  trainTableGan,
  useBackend,
} from 'minimart';
import { meanEstimate } from '../../src/statistics/estimate.js';
import { sharedData } from '../recsys/shared-data.js';
import { type OrderLineColumns, readOrderLines } from './order-lines.js';

const path = sharedData('online-retail', 'online-retail.csv.gz');
if (!path) throw new Error('Online Retail is not there: set MINIMART_DATA to the folder that holds online-retail.');

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    classes: { type: 'string', default: '300' },
    rows: { type: 'string', default: '50000' },
    bins: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '3' },
    fits: { type: 'string', default: '1' },
  },
});
const classes = Number(values.classes);
const rows = Number(values.rows);
const bins = Number(values.bins);
const firstSeed = Number(values.seed);
const seeds = Number(values.seeds);
const fits = Number(values.fits);
const where = { country: 'France', hour: { from: 9, to: 11 }, pieces: { from: 12 } };
const target = { pieces: { from: 11 } };

/** Lines to learn from, drawn by a seed, and those that they are judged by. */
type Lines = ReturnType<typeof readOrderLines> & { readonly seed: number };
type Model = TableModel<OrderLineColumns>;

// The GAN begins as the network that was learned just before, where there is one.
let network: { readonly seed: number; readonly model: ConditionalNetwork<OrderLineColumns> } | undefined;

async function learnNetwork({ train, seed }: Lines): Promise<ConditionalNetwork<OrderLineColumns>> {
  if (network?.seed !== seed) network = { seed, model: await conditionalNetwork(train, { bins, seed }) };
  return network.model;
}

/** All models: another is a line. */
const models: Readonly<Record<string, (lines: Lines) => Promise<Model>>> = {
  bootstrapRows: ({ train }) => bootstrapRows(train, { bins }),
  independentColumns: ({ train }) => independentColumns(train, { bins }),
  gaussianCopula: ({ train }) => gaussianCopula(train, { bins }),
  latentClassMixture: ({ train, seed }) => latentClassMixture(train, { bins, classes, seed, tolerance: 0 }),
  conditionalNetwork: learnNetwork,
  trainTableGan: async (lines) => {
    const start = await learnNetwork(lines);
    return trainTableGan(lines.train, { start, steps: 1200, reportEvery: 50, seed: lines.seed });
  },
};

async function show(
  name: string,
  learn: (lines: Lines) => Promise<Model>,
  lines: Lines,
): Promise<TableVerdict['scores']> {
  const { train, test, seed } = lines;
  const start = process.cpuUsage();
  const model = await learn(lines);
  const fitted = seconds(start);
  const begin = process.cpuUsage();
  await model.sample(test.length, { seed });
  const sampled = seconds(begin);
  const logs = await model.logProbability(test);
  const held = logs.filter(Number.isFinite);
  const mean = held.reduce((sum, log) => sum + log, 0) / held.length;
  const stated = (await model.probability(where)).toExponential(3);
  console.log(`\n## ${name}, seed ${seed}\n`);
  console.log(
    `Learned in ${fitted} s, 20,000 rows drawn in ${sampled} s. Log-probability held out ${mean.toFixed(4)},`,
  );
  console.log(`${logs.length - held.length} rows ruled out; probability of the condition ${stated}.\n`);
  const judging = process.cpuUsage();
  const verdict = await judgeTable(model, { real: train, heldOut: test, target, seeds, seed });
  console.log(formatVerdict(verdict));
  console.log(`Judged in ${seconds(judging)} s.`);
  return verdict.scores;
}

function seconds(start: NodeJS.CpuUsage): string {
  const { user, system } = process.cpuUsage(start);
  return ((user + system) / 1e6).toFixed(1);
}

/** Scores of models that were fitted anew, to other lines: how much that changes them. */
function showFits(name: string, runs: readonly TableVerdict['scores'][]): void {
  console.log(`\n## ${name}, ${runs.length} fits\n\n| score | virtual rows | real rows |\n| --- | --- | --- |`);
  for (const [place, score] of runs[0]!.entries()) {
    const [virtual, real] = (['virtual', 'real'] as const).map((side) => {
      const { value, interval } = meanEstimate(runs.map((run) => run[place]![side].value));
      return `${value.toFixed(4)} (${interval[0].toFixed(4)} to ${interval[1].toFixed(4)})`;
    });
    console.log(`| ${score.name} | ${virtual} | ${real} |`);
  }
}

await useBackend('wasm');
const chosen = Object.entries(models).filter(([name]) => (values.model ?? name).split(',').includes(name));
const all = new Map<string, TableVerdict['scores'][]>(chosen.map(([name]) => [name, []]));
for (let seed = firstSeed; seed < firstSeed + fits; seed += 1) {
  const lines = { ...readOrderLines(path, rows, 20_000, seed), seed };
  const { train, test } = lines;
  console.log(`${train.length} lines, ${test.length} held out, ${bins} bins, ${classes} classes, seed ${seed}`);
  for (const [name, learn] of chosen) all.get(name)!.push(await show(name, learn, lines));
}
if (fits > 1) for (const [name, runs] of all) showFits(name, runs);
