// npx tsx bench/tables/private.ts [--rows 50000] [--seed 1]: README.md says what it shows.

import { parseArgs } from 'node:util';
import { compareTables, createPrivacyLedger, independentColumns, privateMixture, type TableModel } from 'minimart';
import { sharedData } from '../recsys/shared-data.js';
import { type OrderLineColumns, readOrderLines } from './order-lines.js';

const path = sharedData('online-retail', 'online-retail.csv.gz');
if (!path) throw new Error('Online Retail is not there: set MINIMART_DATA to the folder that holds online-retail.');

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '50000' }, seed: { type: 'string', default: '1' } },
});
const [rows, seed] = [Number(values.rows), Number(values.seed)];
const { train, test } = readOrderLines(path, rows, 20_000, seed);
const columns = {
  ...{ country: {}, group: {}, pieces: { from: 1, to: 1000 }, price: { from: 0, to: 100, step: 0.01 } },
  ...{ hour: { from: 0, to: 23 }, weekday: { from: 0, to: 6 } },
};

/** Mean log-probability of whole rows, cell by cell as they are, and how many of them are ruled out. */
async function ofWholeRows(model: TableModel<OrderLineColumns>, count: number): Promise<[number, number]> {
  const { country, group, pieces, price, hour, weekday } = test.columns;
  const logs: number[] = [];
  for (let row = 0; row < count; row += 1) {
    const cells = {
      country: country.vocabulary.idAt(country.codes[row]!)!,
      group: group.vocabulary.idAt(group.codes[row]!)!,
      ...{ pieces: pieces.values[row]!, price: price.values[row]! },
      ...{ hour: hour.values[row]!, weekday: weekday.values[row]! },
    };
    // An id that the model does not have is refused.
    const probability = await model.probability(cells).catch(() => 0);
    if (probability > 0) logs.push(Math.log(probability));
  }
  return [logs.reduce((sum, log) => sum + log, 0) / logs.length, count - logs.length];
}

async function show(name: string, epsilon: string, learn: () => Promise<TableModel<OrderLineColumns>>): Promise<void> {
  const start = process.cpuUsage();
  const model = await learn();
  const { user, system } = process.cpuUsage(start);
  const virtual = await model.sample(test.length, { seed });
  const { shape, pair, copies } = await compareTables(virtual, { real: train, heldOut: test });
  const [mean, ruledOut] = await ofWholeRows(model, 1000);
  const scores = [shape, pair, copies].map(({ value }) => value.toFixed(3));
  const cells = [name, epsilon, ((user + system) / 1e6).toFixed(1), mean.toFixed(2), ruledOut, ...scores];
  console.log(`| ${cells.join(' | ')} |`);
}

console.log(`${train.length} lines, ${test.length} held out, delta 1e-6, seed ${seed}\n`);
console.log(
  '| model | epsilon | fit, s | log-probability of whole rows | ruled out of 1,000 | shapes | pairs | copies |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
await show('independentColumns', 'none', () => independentColumns(train));
for (const epsilon of [1, 8]) {
  for (const classes of [1, 5, 10, 20]) {
    const ledger = createPrivacyLedger({ epsilon, delta: 1e-6 });
    const name =
      classes === 1 ? 'privateMixture, 1 class: columns by themselves' : `privateMixture, ${classes} classes`;
    await show(name, String(epsilon), () => privateMixture(train, { ledger, columns, classes, seed }));
  }
}
