// npx tsx bench/rl/zipkin.ts: the exact methods beside the published table of lost-sales costs.
import {
  bestBaseStock,
  bestCappedBaseStock,
  evaluatePolicy,
  geometricDemand,
  inventoryModel,
  myopicPolicy,
  poissonDemand,
  relativeValueIteration,
} from 'minimart';
import { type ZipkinRow, zipkinTable } from '../../tests/support/zipkin-table.js';
import { table } from '../harness/table.js';
import { timed, writeResults } from './write-results.js';

const demands = { poisson: poissonDemand(5), geometric: geometricDemand(5) };
// Geometric demand with a lead time of 4 has too many states for a table of transitions.
const rows = zipkinTable.filter(({ demand, leadTime }) => demand === 'poisson' || leadTime < 4);

async function solve(row: ZipkinRow) {
  const options = { demand: demands[row.demand], leadTime: row.leadTime, holding: 1, penalty: row.penalty };
  const optimum = await timed(() => relativeValueIteration({ model: inventoryModel(options) }));
  const base = await timed(() => bestBaseStock(options));
  const capped = await timed(() => bestCappedBaseStock(options));
  const myopic = await timed(() => evaluatePolicy({ model: inventoryModel(options), policy: myopicPolicy(options) }));
  return {
    ...{ demand: row.demand, penalty: row.penalty, leadTime: row.leadTime },
    optimal: { cost: -optimum.result.averageReward, printed: row.printed, reference: row.optimal },
    baseStock: { cost: base.result.cost, level: base.result.level, reference: row.baseStock },
    capped: { cost: capped.result.cost, level: capped.result.level, cap: capped.result.cap, reference: row.capped },
    myopic: { cost: -myopic.result.averageReward, reference: row.myopic },
    states: optimum.result.states,
    seconds: { optimal: optimum.seconds, baseStock: base.seconds, capped: capped.seconds, myopic: myopic.seconds },
  };
}

const solved: Awaited<ReturnType<typeof solve>>[] = [];
for (const row of rows) {
  solved.push(await solve(row));
  console.error(`${row.demand}, penalty ${row.penalty}, lead time ${row.leadTime}`);
}

const beside = ({ cost, reference }: { cost: number; reference: number }) =>
  `${cost.toFixed(4)}${Math.abs(cost - reference) < 0.00005 ? '' : ` (${reference})`}`;
const worst = (part: 'optimal' | 'baseStock' | 'capped' | 'myopic') =>
  Math.max(...solved.map((row) => Math.abs(row[part].cost - row[part].reference)));
const printed = solved.filter(({ optimal }) => Math.abs(optimal.cost - optimal.printed) < 0.00501);

console.log(
  table(
    ['demand', 'p', 'L', 'optimal', 'printed', 'base-stock', 'S', 'capped', 'S, r', 'myopic', 'states', 'seconds'],
    solved.map(({ demand, penalty, leadTime, optimal, baseStock, capped, myopic, states, seconds }) => [
      demand,
      String(penalty),
      String(leadTime),
      beside(optimal),
      optimal.printed.toFixed(2),
      beside(baseStock),
      String(baseStock.level),
      beside(capped),
      `${capped.level}, ${capped.cap}`,
      beside(myopic),
      String(states),
      Object.values(seconds)
        .map((each) => each.toFixed(2))
        .join(' '),
    ]),
  ),
);
console.log(
  `\nA reference in brackets stands where it differs by 0.00005 or more. Seconds: of the processor, column by column.`,
);
console.log(`${printed.length} of ${solved.length} optima agree with the printed digits.`);
for (const part of ['optimal', 'baseStock', 'capped', 'myopic'] as const) {
  console.log(`largest distance from the reference, ${part}: ${worst(part).toExponential(1)}`);
}
writeResults('zipkin', { rows: solved });
