/**
 * Several products in stock from one budget: base-stock levels of `shareBudget`, Q-learning and deep Q-learning, beside the optimum where it can be computed.
 *
 *     npx tsx bench/rl/shared.ts [seeds] [steps of deep Q-learning]
 *
 * Prints two tables and writes bench/rl/results/shared.json.
 */
import {
  certifyPolicy,
  createDqn,
  evaluatePolicy,
  poissonDemand,
  relativeValueIteration,
  type SharedProduct,
  shareBudget,
  sharedBaseStockPolicy,
  sharedInventoryEnvironment,
  sharedInventoryModel,
  trainDqn,
  trainQTable,
} from '../../src/index.js';
import { printTable } from './print-table.js';
import { timed, writeResults } from './write-results.js';

const seeds = (process.argv[2] ?? '1,2,3').split(',').map(Number);
const steps = Number(process.argv[3] ?? 100_000);
const exact: Record<string, number | null>[] = [];
const played: Record<string, number | null>[] = [];

// Two products, costs per period, all of them exact.
const two: readonly SharedProduct[] = [
  { demand: poissonDemand(2), leadTime: 1, holding: 1, penalty: 9 },
  { demand: poissonDemand(1), leadTime: 2, holding: 1, penalty: 20 },
];
for (const budget of [6, 8, 10, 14]) {
  const problem = { products: two, budget, mostPacks: 8 };
  const model = sharedInventoryModel(problem);
  const costOf = async (policy: Parameters<typeof evaluatePolicy>[0]['policy']) =>
    -2 * (await evaluatePolicy({ model, policy })).averageReward;
  const optimal = -2 * (await relativeValueIteration({ model })).averageReward;
  const { levels, cost: claimed } = await shareBudget(two, { budget });
  const baseStock = await costOf(sharedBaseStockPolicy({ products: two, levels }));
  const row: Record<string, number> = { budget, optimal, baseStock, claimed, ...(await bestLevels(budget, costOf)) };
  for (const seed of seeds) {
    const { policy } = await trainQTable({ environment: sharedInventoryEnvironment(problem), steps: 400_000, seed });
    row[`qLearning${seed}`] = await costOf(policy);
  }
  exact.push(row);
  printTable([row], exact.length === 1);
  writeResults('shared', { seeds, exact, played });
}

/** What the best base-stock levels within the budget cost, all pairs tried. */
async function bestLevels(
  budget: number,
  costOf: (policy: ReturnType<typeof sharedBaseStockPolicy>) => Promise<number>,
) {
  let bestBaseStock = Number.POSITIVE_INFINITY;
  for (let first = 0; first <= budget; first += 1) {
    for (let second = 0; first + second <= budget; second += 1) {
      const policy = sharedBaseStockPolicy({ products: two, levels: [first, second] });
      bestBaseStock = Math.min(bestBaseStock, await costOf(policy));
    }
  }
  return { bestBaseStock };
}

// Five products: costs per period of the same 30 episodes for both.
const five: readonly SharedProduct[] = [4, 3, 2, 1, 0.5].map((mean, place) => {
  return { demand: poissonDemand(mean), leadTime: 1, holding: 1, penalty: 9, unitCost: 1 + place };
});
for (const budget of [30]) {
  const problem = { products: five, budget, mostPacks: 8, horizon: 200 };
  const { levels } = await shareBudget(five, { budget });
  const rival = sharedBaseStockPolicy({ products: five, levels });
  for (const seed of seeds) {
    const environment = sharedInventoryEnvironment(problem);
    const { low } = environment.observationSpace;
    const agent = createDqn({ observationSize: low.length, actions: 9, discount: 0.99, seed });
    const { seconds } = await timed(() => trainDqn({ agent, environment, steps, seed }));
    const { policy, rivals } = await certifyPolicy({ policy: agent.policy, environment, against: [rival] });
    // Rewards per step, of which a period has five; what the learned policy costs beyond base-stock on the same demand.
    const [low95, high95] = rivals[0]!.difference!.interval;
    played.push({
      ...{ budget, seed, steps, deepQ: -5 * policy.value, baseStock: -5 * rivals[0]!.value },
      ...{ more: -5 * rivals[0]!.difference!.value, from: -5 * high95, to: -5 * low95, processorS: seconds },
    });
    printTable(played.slice(-1), played.length === 1);
    writeResults('shared', { seeds, exact, played });
  }
}
