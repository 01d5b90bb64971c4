/**
 * Deep Q-learning with the default settings on Zipkin's lost-sales problem: Poisson demand of mean 5, holding cost 1,
 * penalty 4, lead times 4 and 2. Costs are long-run averages, computed exactly from the transitions, not simulated; and then a
 * stock of 60 is left to each agent for a year, without a mask.
 *
 *     npx tsx bench/rl/dqn-inventory.ts [seeds]
 *
 * Prints a table and writes bench/rl/results/dqn-inventory.json.
 */
import {
  createDqn,
  type DqnAgent,
  evaluatePolicy,
  type InventoryOptions,
  inventoryEnvironment,
  inventoryModel,
  poissonDemand,
  trainDqn,
} from '../../src/index.js';
import { zipkinTable } from '../../tests/support/zipkin-table.js';
import { printTable } from './print-table.js';
import { timed, writeResults } from './write-results.js';

const stepsAt: Readonly<Record<number, number>> = { 4: 50_000, 2: 20_000 };
const seeds = (process.argv[2] ?? '1,2,3,4,5').split(',').map(Number);
const [stock, days] = [60, 365];
const problems: Record<string, unknown>[] = [];

for (const leadTime of [4, 2]) {
  const steps = stepsAt[leadTime]!;
  const options = { demand: poissonDemand(5), leadTime, holding: 1, penalty: 4 };
  const known = zipkinTable.find((row) => row.demand === 'poisson' && row.penalty === 4 && row.leadTime === leadTime)!;
  const rows: Record<string, number | null>[] = [];
  for (const seed of seeds) {
    rows.push(await measure(options, seed, steps, known));
    printTable(rows.slice(-1), rows.length === 1);
    writeResults('dqn-inventory', { problems: [...problems, { ...known, steps, stock, days, rows }] });
  }
  problems.push({ ...known, steps, stock, days, rows });
}

async function measure(options: InventoryOptions, seed: number, steps: number, known: (typeof zipkinTable)[number]) {
  const environment = inventoryEnvironment(options);
  const { observationSpace, actionSpace } = environment;
  const agent = createDqn({ observationSize: observationSpace.low.length, actions: actionSpace.size, seed });
  const { result: run, seconds } = await timed(() => trainDqn({ agent, environment, steps, seed }));
  const { averageReward } = await evaluatePolicy({ model: inventoryModel(options), policy: agent.policy });
  const cost = -averageReward;
  return {
    leadTime: known.leadTime,
    seed,
    bestAtStep: run.best!.at,
    cost,
    gapPercent: 100 * (cost / known.optimal - 1),
    belowBasePercent: 100 * (1 - cost / known.baseStock),
    ...ordersAt(agent, observationSpace.low.length),
    costFromStock: dailyCost(agent, options),
    processorS: seconds,
  };
}

// The right order is 0: `stock` lasts for more than the lead time.
function ordersAt(agent: DqnAgent, size: number) {
  const order = (under: number) => agent.act(new Array(size).fill(under).fill(stock, 0, 1));
  return { order0: order(0), order3: order(3), order7: order(7) };
}

// Mean of a day while the stock runs down, and after it; orders are the agent's own, nothing says which are legal.
function dailyCost(agent: DqnAgent, options: InventoryOptions): number {
  const shop = inventoryEnvironment({ ...options, initialStock: stock, horizon: days });
  let { observation } = shop.reset({ seed: 77 });
  let cost = 0;
  for (let day = 0; day < days; day += 1) {
    const result = shop.step(agent.act(observation));
    cost -= result.reward;
    observation = result.observation;
  }
  return cost / days;
}
