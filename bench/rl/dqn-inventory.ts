/**
 * Deep Q-learning with the default settings on Zipkin's lost-sales problem: Poisson demand of mean 5, lead time 4,
 * holding cost 1, penalty 4. Costs are long-run averages, computed exactly from the transitions, not simulated.
 *
 *     npx tsx bench/rl/dqn-inventory.ts [seeds]
 *
 * Prints a table and writes bench/rl/results/dqn-inventory.json.
 */
import {
  createDqn,
  evaluatePolicy,
  inventoryEnvironment,
  inventoryModel,
  poissonDemand,
  trainDqn,
} from '../../src/index.js';
import { printTable } from './print-table.js';
import { writeResults } from './write-results.js';

// P. Zipkin, "Old and New Methods for Lost-Sales Inventory Systems" (2008), table 3, worked out again in double precision;
// the capped base-stock policy is not in the paper.
const known = { optimal: 4.728525, cappedBaseStock: 4.79785, myopic: 5.062808, bestBaseStock: 5.197769 };
const steps = 50_000;
const seeds = (process.argv[2] ?? '1,2,3,4,5').split(',').map(Number);
const problem = { demand: poissonDemand(5), leadTime: 4, holding: 1, penalty: 4 };
const model = inventoryModel(problem);
const rows: Record<string, number | null>[] = [];

for (const seed of seeds) {
  const environment = inventoryEnvironment(problem);
  const { observationSpace, actionSpace } = environment;
  const agent = createDqn({ observationSize: observationSpace.low.length, actions: actionSpace.size, seed });
  const [began, before] = [performance.now(), process.cpuUsage()];
  const run = await trainDqn({ agent, environment, steps, seed });
  const seconds = (performance.now() - began) / 1000;
  const processorSeconds = process.cpuUsage(before).user / 1e6;
  const { averageReward } = await evaluatePolicy({ model, policy: agent.policy });
  const cost = -averageReward;
  rows.push({
    seed,
    steps: run.steps,
    bestAtStep: run.best!.step,
    cost,
    gapPercent: 100 * (cost / known.optimal - 1),
    belowBaseStockPercent: 100 * (1 - cost / known.bestBaseStock),
    seconds,
    processorSeconds,
  });
  printTable(rows.slice(-1), rows.length === 1);
}

writeResults('dqn-inventory', { problem: 'lost sales, Poisson(5), L = 4, p = 4, h = 1', known, steps, rows });
