// npx tsx bench/tables/private.ts [--rows 50000] [--seed 1] [--judged 20000] [--drawn 50000] [--steps 300] [--epsilon 1,8]: README.md says what it shows.

import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers';
import { parseArgs } from 'node:util';
import {
  adam,
  conditionalNetwork,
  createPrivacyLedger,
  independentColumns,
  judgeTable,
  type PrivacyLedger,
  privateMixture,
  type TableModel,
  type TableVerdict,
  trainTableGan,
  useBackend,
  type VerdictName,
} from 'minimart';
import { sharedData } from '../recsys/shared-data.js';
import { type OrderLineColumns, readOrderLines } from './order-lines.js';

const path = sharedData('online-retail', 'online-retail.csv.gz');
if (!path) throw new Error('Online Retail is not there: set MINIMART_DATA to the folder that holds online-retail.');

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '50000' },
    seed: { type: 'string', default: '1' },
    judged: { type: 'string', default: '20000' },
    epsilon: { type: 'string', default: '1,8' },
    drawn: { type: 'string', default: '50000' },
    steps: { type: 'string', default: '300' },
  },
});
const [rows, seed] = [Number(values.rows), Number(values.seed)];
const [judged, drawn] = [Number(values.judged), Number(values.drawn)];
const { train, test } = readOrderLines(path, rows, 20_000, seed);
const columns = {
  ...{ country: {}, group: {}, pieces: { from: 1, to: 1000 }, price: { from: 0, to: 100, step: 0.01 } },
  ...{ hour: { from: 0, to: 23 }, weekday: { from: 0, to: 6 } },
};
const target = { pieces: { from: 11 } };

type Model = TableModel<OrderLineColumns>;

/** Fewer classes suffer less from noise. */
const classesAt = (epsilon: number) => (epsilon < 4 ? 5 : 20);

const ledgerOf = (epsilon: number) => createPrivacyLedger({ epsilon, delta: 1e-6 });

/** Private models by themselves, with all of a budget: another is a line. */
const models: Readonly<Record<string, (ledger: PrivacyLedger) => Promise<Model>>> = {
  'columns by themselves': (ledger) => privateMixture(train, { ledger, columns, classes: 1, seed }),
  'mixture, 5 classes': (ledger) => privateMixture(train, { ledger, columns, classes: 5, seed }),
  'mixture, 20 classes': (ledger) => privateMixture(train, { ledger, columns, classes: 20, seed }),
};

/** A GAN with all of a budget, half of which its start takes, and that start. */
async function showGan(epsilon: number): Promise<void> {
  const ledger = ledgerOf(epsilon);
  const options = { ledger, columns, classes: classesAt(epsilon), epsilon: epsilon / 2, seed };
  const mixture = await show('mixture of half of it', epsilon, () => privateMixture(train, options));
  const learn = () => conditionalNetwork(mixture, { rows: drawn, epochs: 10, seed });
  const start = await show("network of that, the GAN's start", epsilon, learn);
  const game = { steps: Number(values.steps), hidden: [16], batchSize: 1024, penalties: [], reportEvery: 50, seed };
  const [generatorOptimizer, discriminatorOptimizer] = [3e-4, 3e-3].map((rate) =>
    adam({ learningRate: rate, beta1: 0.5 }),
  );
  await show('GAN', epsilon, () =>
    trainTableGan(train, { start, ...game, generatorOptimizer, discriminatorOptimizer, privacy: { ledger } }),
  );
}

const scores: readonly VerdictName[] = [
  'columns',
  'pairs',
  'copies',
  'trees',
  'attack',
  'closer',
  'area under the curve',
];

function shown({ scores: all }: TableVerdict, side: 'virtual' | 'real'): string[] {
  return scores.map((name) => {
    const { value, interval } = all.find((score) => score.name === name)![side];
    const half = interval && name !== 'copies' ? ` ± ${((interval[1] - interval[0]) / 2).toFixed(3)}` : '';
    return `${value.toFixed(3)}${half}`;
  });
}

function line(cells: readonly (string | number)[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}

let isFloorShown = false;
async function show<M extends Model>(name: string, epsilon: number | 'none', learn: () => Promise<M>): Promise<M> {
  const start = process.cpuUsage();
  const model = await learn();
  const { user, system } = process.cpuUsage(start);
  const spent = model.privacy ? createPrivacyLedger(model.privacy).spent.epsilon.toFixed(2) : '';
  const verdict = await judgeTable(model, { real: train, heldOut: test, target, seeds: 1, rows: judged, seed });
  if (!isFloorShown) line(['real lines', '', '', '', ...shown(verdict, 'real')]);
  isFloorShown = true;
  line([name, epsilon, spent, ((user + system) / 1e6).toFixed(0), ...shown(verdict, 'virtual')]);
  return model;
}

console.log(`${train.length} lines, ${test.length} held out, ${judged} judged, delta 1e-6, seed ${seed}\n`);
const head = ['model', 'budget', 'spent', 'fit, s', ...scores];
line(head);
line(head.map(() => '---'));
await useBackend('wasm');
await show('independentColumns', 'none', () => independentColumns(train));
for (const epsilon of values.epsilon.split(',').map(Number)) {
  for (const [name, learn] of Object.entries(models)) await show(name, epsilon, () => learn(ledgerOf(epsilon)));
  await showGan(epsilon);
}
