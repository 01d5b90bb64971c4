// npx tsx bench/tables/impute.ts [--model name] [--rows 20000] [--classes 100] [--hidden 0.2] [--seed 1]: README.md says what it shows.

import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers';
import { parseArgs } from 'node:util';
import {
  type CodedColumn,
  conditionalNetwork,
  createRng,
  gaussianCopula,
  imputeTable,
  independentColumns,
  latentClassMixture,
  type NumberColumn,
  type Table,
  type TableModel,
  useBackend,
} from 'minimart';
import { sharedData } from '../recsys/shared-data.js';
import { readOrderLines } from './order-lines.js';

const path = sharedData('online-retail', 'online-retail.csv.gz');
if (!path) throw new Error('Online Retail is not there: set MINIMART_DATA to the folder that holds online-retail.');

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    rows: { type: 'string', default: '20000' },
    classes: { type: 'string', default: '100' },
    hidden: { type: 'string', default: '0.2' },
    seed: { type: 'string', default: '1' },
  },
});
const [rows, classes, share, seed] = [values.rows, values.classes, values.hidden, values.seed].map(Number) as [
  number,
  number,
  number,
  number,
];

type Ids = 'country' | 'group';
type Numbers = 'pieces' | 'price' | 'hour' | 'weekday';
type Lines = Readonly<Record<Ids, CodedColumn> & Record<Numbers, NumberColumn>>;
const ids: readonly Ids[] = ['country', 'group'];
const numbers: readonly Numbers[] = ['pieces', 'price', 'hour', 'weekday'];

/** Numbers beyond this count as it: a single return of 80,995 pieces would be most of all errors. */
const mostSize = 100;

/** The lines, and the same with each cell hidden by chance. */
function makeLines(): { readonly whole: Table<Lines>; readonly gaps: Table<Lines> } {
  const { columns, length, report } = readOrderLines(path!, rows, 1000, seed).train;
  const number = (name: Numbers): NumberColumn => ({ kind: 'number', values: Float64Array.from(columns[name].values) });
  const named = Object.fromEntries(numbers.map((name) => [name, number(name)])) as Record<Numbers, NumberColumn>;
  const whole = { length, report, columns: { country: columns.country, group: columns.group, ...named } };
  const rng = createRng(seed).stream('hidden');
  const hidden = Object.entries(whole.columns).map(([name, column]) => {
    const isHidden = () => rng.uniform() < share;
    if ('codes' in column) return [name, { ...column, codes: column.codes.map((code) => (isHidden() ? -1 : code)) }];
    return [name, { ...column, values: column.values.map((value) => (isHidden() ? Number.NaN : value)) }];
  });
  return { whole, gaps: { ...whole, columns: Object.fromEntries(hidden) as Lines } };
}

const { whole, gaps } = makeLines();

/** All models: another is a line. */
const models: Readonly<Record<string, () => Promise<TableModel<Lines>>>> = {
  independentColumns: () => independentColumns(gaps),
  gaussianCopula: () => gaussianCopula(gaps),
  latentClassMixture: () => latentClassMixture(gaps, { classes, seed }),
  conditionalNetwork: () => conditionalNetwork(gaps, { seed }),
};

/** Share of ids that are right, and mean absolute error of numbers, over the hidden cells. */
function errors(filled: Table<Lines>): number[] {
  const right = ids.map((name) => {
    const places = [...gaps.columns[name].codes.keys()].filter((row) => gaps.columns[name].codes[row] === -1);
    const hits = places.filter((row) => filled.columns[name].codes[row] === whole.columns[name].codes[row]);
    return hits.length / places.length;
  });
  const off = numbers.map((name) => {
    const places = [...gaps.columns[name].values.keys()].filter((row) => Number.isNaN(gaps.columns[name].values[row]));
    const capped = (value: number) => Math.max(-mostSize, Math.min(mostSize, value));
    const sum = places.reduce((total, row) => {
      return total + Math.abs(capped(filled.columns[name].values[row]!) - capped(whole.columns[name].values[row]!));
    }, 0);
    return sum / places.length;
  });
  return [...right, ...off];
}

function secondsSince(start: NodeJS.CpuUsage): string {
  const { user, system } = process.cpuUsage(start);
  return ((user + system) / 1e6).toFixed(1);
}

async function show(name: string, learn: () => Promise<TableModel<Lines>>): Promise<void> {
  const learning = process.cpuUsage();
  const model = await learn();
  const fitted = secondsSince(learning);
  for (const fill of ['best', 'draw'] as const) {
    const start = process.cpuUsage();
    const filled = await imputeTable(gaps, { model, fill, seed });
    const cells = [name, fill, ...errors(filled).map((score) => score.toFixed(3)), fitted, secondsSince(start)];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

console.log(`${gaps.length} lines, ${share} of the cells hidden, ${classes} classes, seed ${seed}\n`);
console.log(`| model | fill | ${[...ids, ...numbers].join(' | ')} | learned, s | filled, s |`);
console.log(`|${' --- |'.repeat(10)}`);
await useBackend('wasm');
for (const [name, learn] of Object.entries(models)) {
  if (values.model === undefined || values.model === name) await show(name, learn);
}
