// How much to order of one product of the simulated shop: npx tsx examples/replenish.ts --help
//
// Half of the days are there to learn from, the other half to be judged by. A network (DQN) and a table that learns from
// every observed demand stand beside base-stock and the optimum for the observed distribution. When not to use it: with one
// product and a short lead time the classic rules are as good and explain themselves; learning pays where states are many.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  bestBaseStock,
  bestCappedBaseStock,
  certifyPolicy,
  createDqn,
  empiricalDemand,
  inventoryBounds,
  inventoryEnvironment,
  inventoryModel,
  itemDemand,
  learnFromDemand,
  type Policy,
  relativeValueIteration,
  type SimulatedShop,
  simulateShop,
  trainDqn,
} from 'minimart';
import { writeImageGrid } from 'minimart/node';

const settings = {
  leadTime: 2,
  holding: 1,
  penalty: 9,
  days: 730,
  demand: 5,
  steps: 30_000,
  seed: 7,
  out: 'out/replenish',
};
const help = `npx tsx examples/replenish.ts [--steps N] [--days N] [--seed N] [--out FOLDER]
Defaults: ${settings.steps} steps of the network, ${settings.days} days, seed ${settings.seed}, ${settings.out}.`;

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { steps: text, days: text, seed: text, out: text, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(help);
  const { out } = { ...settings, ...values };
  const [steps, days, seed] = [values.steps, values.days, values.seed]
    .map(Number)
    .map((number, index) =>
      Number.isNaN(number) ? [settings.steps, settings.days, settings.seed][index]! : number,
    ) as [number, number, number];

  const { name, sold } = chooseProduct(simulateShop({ seed, days }));
  const [past, future] = [sold.slice(0, days / 2), sold.slice(days / 2)];
  const demand = empiricalDemand(past);
  const { leadTime, holding, penalty } = settings;
  // No optimal policy orders or holds more; that keeps the network from having to find it out.
  const bounds = inventoryBounds({ demand, leadTime, holding, penalty });
  const costs = {
    leadTime,
    holding,
    penalty,
    maxOrder: Math.max(1, bounds.at(-1)!),
    capacity: Math.max(1, bounds[0]!),
  };
  console.log(`${name}: ${demand.mean.toFixed(2)} a day in ${past.length} days, at most ${Math.max(...past)}.`);

  const optimum = await relativeValueIteration({ model: inventoryModel({ ...costs, demand }) });
  const rivals: Policy[] = [
    (await learnFromDemand({ ...costs, observed: past, seed })).policy,
    (await bestBaseStock({ ...costs, demand })).policy,
    (await bestCappedBaseStock({ ...costs, demand })).policy,
    { ...optimum.policy, name: 'optimal for the past' },
  ];
  console.log(`Training a network for ${steps} steps on demand like the past.`);
  const network = await trainNetwork({ ...costs, demand }, steps, seed);

  const shop = inventoryEnvironment({ ...costs, demand: future });
  const { table } = await certifyPolicy({ policy: network, environment: shop, against: rivals });
  console.log(`\nThe ${future.length} days that followed, replayed:\n\n${table}`);

  await mkdir(out, { recursive: true });
  const file = join(out, 'policies.png');
  await drawPolicies(file, [network, ...rivals], costs);
  console.log(`\n${file}: orders by stock (down) and units under way (right), lighter is more; the network first.`);
}

function chooseProduct(shop: SimulatedShop): { readonly name: string; readonly sold: number[] } {
  const all = shop.items.ids.map((name, item) => ({ name, sold: Array.from(itemDemand(shop, item).sold) }));
  // Chosen by the past alone: nobody knows what will sell.
  const distance = ({ sold }: { sold: number[] }) => {
    const past = sold.slice(0, sold.length / 2);
    return Math.abs(past.reduce((sum, each) => sum + each, 0) / past.length - settings.demand);
  };
  return all.reduce((best, each) => (distance(each) < distance(best) ? each : best));
}

async function trainNetwork(
  problem: Parameters<typeof inventoryEnvironment>[0],
  steps: number,
  seed: number,
): Promise<Policy> {
  const environment = inventoryEnvironment(problem);
  const agent = createDqn({ observationSize: settings.leadTime, actions: environment.actionSpace.size, seed });
  await trainDqn({ agent, environment, steps, seed });
  return { name: 'DQN', act: (observation, mask) => agent.act(observation, { mask }) };
}

async function drawPolicies(
  file: string,
  policies: readonly Policy[],
  { maxOrder, capacity }: { maxOrder: number; capacity: number },
): Promise<void> {
  const size = capacity + 1;
  const values = new Float32Array(policies.length * size * (maxOrder + 1));
  let place = 0;
  for (const policy of policies) {
    for (let stock = 0; stock < size; stock += 1) {
      for (let coming = 0; coming <= maxOrder; coming += 1) {
        values[place] = (await policy.act(Float32Array.of(stock, coming))) / maxOrder;
        place += 1;
      }
    }
  }
  await writeImageGrid(
    file,
    { values, shape: [policies.length, size, maxOrder + 1, 1] },
    { scale: 8, columns: policies.length },
  );
}
