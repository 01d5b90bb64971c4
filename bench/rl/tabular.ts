// npx tsx bench/rl/tabular.ts [updates]: tabular Q-learning beside the optimum, evaluated exactly, and its speed.
import {
  createQTable,
  createRng,
  evaluatePolicy,
  inventoryEnvironment,
  inventoryModel,
  learnFromDemand,
  poissonDemand,
  qLearningUpdate,
  relativeValueIteration,
  trainQTable,
} from 'minimart';
import { zipkinTable } from '../../tests/support/zipkin-table.js';
import { table } from '../harness/table.js';
import { timed, writeResults } from './write-results.js';

const updates = Number(process.argv[2] ?? 5_000_000);
const seeds = [1, 2, 3, 4, 5];
const samples = Array.from({ length: 20 }, (_, index) => index + 1);
const demand = poissonDemand(5);
const problems = zipkinTable.filter(
  (row) => row.demand === 'poisson' && [4, 19].includes(row.penalty) && row.leadTime <= 2,
);

const percent = (gap: number) => `${gap.toFixed(2)}%`;
const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

const learned = [];
const informed = [];
for (const { penalty, leadTime, optimal } of problems) {
  const options = { leadTime, holding: 1, penalty };
  const gapOf = async (policy: Parameters<typeof evaluatePolicy>[0]['policy']) => {
    const { averageReward } = await evaluatePolicy({
      model: inventoryModel({ ...options, demand, maxOrder: 30 }),
      policy,
    });
    return 100 * (-averageReward / optimal - 1);
  };
  const gaps: number[] = [];
  let seconds = 0;
  for (const seed of seeds) {
    const environment = inventoryEnvironment({ ...options, demand });
    const run = await timed(() => trainQTable({ environment, steps: updates, seed, reportEvery: 1_000_000 }));
    gaps.push(await gapOf(run.result.policy));
    seconds += run.seconds;
    console.error(`tabular, penalty ${penalty}, lead time ${leadTime}, seed ${seed}: ${percent(gaps.at(-1)!)}`);
  }
  learned.push({ penalty, leadTime, optimal, gaps, updatesPerSecond: (updates * seeds.length) / seconds });

  const full: number[] = [];
  const ofData: number[] = [];
  for (const seed of samples) {
    const rng = createRng(seed).stream('demand');
    const observed = Array.from({ length: 1000 }, () => demand.sample(rng));
    full.push(await gapOf((await learnFromDemand({ ...options, observed, seed })).policy));
    ofData.push(await gapOf(await bestOfData(options, observed)));
  }
  informed.push({ penalty, leadTime, optimal, gaps: full, gapsOfOptimumOfData: ofData });
}

// What an exact solver makes of the same thousand observations.
async function bestOfData(
  options: { leadTime: number; holding: number; penalty: number },
  observed: readonly number[],
) {
  return (await relativeValueIteration({ model: inventoryModel({ ...options, demand: observed }) })).policy;
}

/** Updates of a table that fits in the cache, 1,000 states by 10 actions, per processor second: median of five rounds. */
async function updateSpeed(): Promise<number> {
  const q = createQTable({ states: 1000, actions: 10 });
  const rng = createRng(1);
  const steps = Array.from({ length: 4096 }, () => ({
    state: rng.integer(1000),
    action: rng.integer(10),
    reward: -rng.integer(13),
    nextState: rng.integer(1000),
  }));
  const round = () => {
    for (let index = 0; index < 5_000_000; index += 1) {
      qLearningUpdate(q, steps[index & 4095]!, { learningRate: 0.1, discount: 0.95 });
    }
  };
  round();
  const speeds: number[] = [];
  for (let repeat = 0; repeat < 5; repeat += 1) speeds.push(5_000_000 / (await timed(round)).seconds);
  return speeds.sort((a, b) => a - b)[2]!;
}

const updatesPerSecond = await updateSpeed();
console.log(
  `Tabular Q, average reward, default settings, ${updates} updates; gap to the optimum, evaluated exactly.\n`,
);
console.log(
  table(
    ['p', 'L', 'optimal', ...seeds.map((seed) => `seed ${seed}`), 'updates a second'],
    learned.map(({ penalty, leadTime, optimal, gaps, updatesPerSecond: speed }) => [
      String(penalty),
      String(leadTime),
      optimal.toFixed(4),
      ...gaps.map(percent),
      `${(speed / 1e6).toFixed(2)} million`,
    ]),
  ),
);
console.log('\nFull-information Q from 1,000 observed demands, default settings; seeds 1 to 20.\n');
console.log(
  table(
    ['p', 'L', 'optimal', 'mean gap', 'worst', 'within 1%', 'optimum of the same data: mean', 'worst', 'within 1%'],
    informed.map(({ penalty, leadTime, optimal, gaps, gapsOfOptimumOfData: data }) => [
      String(penalty),
      String(leadTime),
      optimal.toFixed(4),
      ...[gaps, data].flatMap((each) => [
        percent(mean(each)),
        percent(Math.max(...each)),
        `${each.filter((gap) => gap <= 1).length} of ${each.length}`,
      ]),
    ]),
  ),
);
console.log(`\nqLearningUpdate alone: ${(updatesPerSecond / 1e6).toFixed(1)} million updates per processor second.`);
writeResults('tabular', { updates, seeds, samples, updatesPerSecond, tabular: learned, fullInformation: informed });
