/**
 * CartPole-v1 with the default settings: five seeds, 100 evaluation episodes each from starts that training never saw.
 *
 *     npx tsx bench/rl/cartpole.ts [seeds]
 *
 * Prints a table and writes bench/rl/results/cartpole.json. The field's usual budget is 50,000 steps.
 */
import { cartPoleEnvironment, createDqn, trainDqn } from '../../src/index.js';
import { printTable } from './print-table.js';
import { writeResults } from './write-results.js';

const steps = 50_000;
const seeds = (process.argv[2] ?? '1,2,3,4,5').split(',').map(Number);
const episodes = 100;
const solved = 475;
const rows: Record<string, number | null>[] = [];

for (const seed of seeds) {
  const agent = createDqn({ observationSize: 4, actions: 2, seed });
  const [began, before] = [performance.now(), process.cpuUsage()];
  const run = await trainDqn({ agent, environment: cartPoleEnvironment(), steps, seed, reportEvery: 1000 });
  const seconds = (performance.now() - began) / 1000;
  const processorSeconds = process.cpuUsage(before).user / 1e6;
  const reached = run.history.find(({ validation }) => validation && validation.meanReturn >= solved);
  rows.push({
    seed,
    steps: run.steps,
    solvedAtStep: reached?.step ?? null,
    bestAtStep: run.best!.at,
    ...(await finalReturns((observation) => agent.act(observation))),
    seconds,
    processorSeconds,
  });
  printTable(rows.slice(-1), rows.length === 1);
}

writeResults('cartpole', { environment: 'CartPole-v1', steps, episodes, solved, rows });

/** Mean, least and standard error of the returns of episodes with seeds of their own. */
async function finalReturns(act: (observation: Float32Array) => number) {
  const environment = cartPoleEnvironment();
  const returns = Array.from({ length: episodes }, (_, index) => {
    let { observation } = environment.reset({ seed: 1_000_000 + index });
    for (let sum = 1; ; sum += 1) {
      const result = environment.step(act(observation));
      ({ observation } = result);
      if (result.terminated || result.truncated) return sum;
    }
  });
  const mean = returns.reduce((sum, each) => sum + each, 0) / episodes;
  const squares = returns.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return {
    meanReturn: mean,
    leastReturn: Math.min(...returns),
    standardError: Math.sqrt(squares / (episodes - 1) / episodes),
  };
}
