import { blockBootstrap, type DailyDemand, type DemandGenerator, independentDays, learnDemand } from 'minimart';

export const seeds = [1, 2, 3] as const;

/** Virtual futures that a policy is learned from, of each seed. */
const futures = 30;

/** What makes virtual days, learned from a record. */
export async function generatorsOf(history: DailyDemand): Promise<Readonly<Record<string, DemandGenerator>>> {
  return {
    blockBootstrap: blockBootstrap(history),
    independentDays: await independentDays(history),
    learnDemand: await learnDemand(history),
  };
}

/** For each product and source of demand the series that policies are learned from. */
export async function sourcesOf(history: DailyDemand, products: readonly string[], days: number) {
  const generators = await generatorsOf(history);
  const found = products.map(
    (product) => ({ recorded: [[history.series(product)]] }) as Record<string, (readonly number[])[][]>,
  );
  for (const [name, generator] of Object.entries(generators)) {
    for (const seed of seeds) {
      const runs: DailyDemand[] = [];
      for (let run = 0; run < futures; run += 1) runs.push(await generator.sample(days, { seed: 1000 * seed + run }));
      for (const [place, product] of products.entries()) {
        found[place]![name] ??= [];
        found[place]![name]!.push(runs.map((run) => run.series(product)));
      }
    }
  }
  return found;
}
