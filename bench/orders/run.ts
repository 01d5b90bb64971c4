// npx tsx bench/orders/run.ts [--shops uci,1,2,3]: README.md says what it shows.

import { parseArgs } from 'node:util';
import {
  compareDemand,
  type DecisionRegret,
  type DemandComparison,
  type DistanceScore,
  decisionRegret,
} from 'minimart';
import { sharedData } from '../recsys/shared-data.js';
import { chooseProducts } from './choose-products.js';
import { longest, type ShopDays, simulatedDays, uciDays } from './shop-days.js';
import { generatorsOf, seeds, sourcesOf } from './sources.js';

const { values } = parseArgs({ options: { shops: { type: 'string', default: 'uci,1,2,3' } } });
const stock = { leadTime: 2, holding: 1, penalty: 9 } as const;

function uci(): ShopDays {
  const path = sharedData('online-retail', 'online-retail.csv.gz');
  if (!path) throw new Error('Online Retail is not there: set MINIMART_DATA to the folder that holds online-retail.');
  return uciDays(path);
}

async function regrets(name: string, shop: ShopDays, products: Readonly<Record<string, string>>): Promise<void> {
  for (const days of [14, 60, longest]) {
    const history = await shop.history(days, Object.values(products));
    const futures = await shop.futures(products.fast!);
    const found = await sourcesOf(history, Object.values(products), futures[0]!.length);
    for (const [place, [kind, product]] of Object.entries(products).entries()) {
      const heldOut = await shop.futures(product);
      // Of futures that were drawn each is a block of its own, together they are the truth.
      const blockLength = heldOut.length > 1 ? heldOut[0]!.length : 7;
      const report = await decisionRegret(heldOut.flat(), { ...stock, sources: found[place]!, blockLength });
      console.log(`\n${kind}, ${days} days\n\n${report.table}`);
      note(`${name === 'uci' ? 'UCI' : 'simulated'} | ${kind} | ${days}`, report);
    }
  }
}

const measures = ['mean', 'deviation', 'pieces', 'gaps', 'weekdays', 'autocorrelation'] as const;

// Of the three products; correlation over the pairs of all that were learned together.
async function compare(shop: ShopDays, chosen: readonly string[]): Promise<void> {
  console.log(
    `\n| days | virtual | ${measures.join(' | ')} | correlation |\n| --- | --- |${' --- |'.repeat(measures.length + 1)}`,
  );
  for (const length of [14, 60, longest]) {
    const real = await shop.history(length, chosen);
    const heldOut = await shop.heldOut!(real.products.toJSON().ids);
    for (const [name, generator] of Object.entries(await generatorsOf(real))) {
      const found: DemandComparison[] = [];
      for (const seed of seeds) {
        const virtual = await generator.sample(heldOut.days, { seed });
        found.push(await compareDemand(virtual, { real, heldOut }));
      }
      const cells = measures.map((measure) =>
        cell(found.flatMap(({ products }) => chosen.map((product) => products[product]![measure]))),
      );
      console.log(
        `| ${length} | ${name} | ${cells.join(' | ')} | ${cell(found.map(({ correlation }) => correlation))} |`,
      );
    }
  }
}

function cell(scores: readonly DistanceScore[]): string {
  const mean = (of: (score: DistanceScore) => number) =>
    scores.reduce((sum, score) => sum + of(score), 0) / scores.length;
  return `${mean(({ value }) => value).toFixed(3)} / ${mean(({ heldOut }) => heldOut).toFixed(3)}`;
}

// Regret and cost of hindsight, summed over shops.
const totals = new Map<string, Map<string, { regret: number; hindsight: number }>>();

function note(line: string, { sources, hindsight }: DecisionRegret): void {
  const own = totals.get(line) ?? new Map<string, { regret: number; hindsight: number }>();
  totals.set(line, own);
  for (const { source, regret } of sources) {
    const sum = own.get(source) ?? { regret: 0, hindsight: 0 };
    own.set(source, { regret: sum.regret + regret.value, hindsight: sum.hindsight + hindsight.cost.value });
  }
}

for (const name of values.shops.split(',')) {
  const shop = name === 'uci' ? uci() : simulatedDays(Number(name));
  const { fast, slow, lumpy } = chooseProducts(await shop.history(longest));
  console.log(`\n## ${shop.name}: fast ${fast}, slow ${slow}, lumpy ${lumpy}`);
  if (name === 'uci') await compare(shop, [fast, slow, lumpy]);
  await regrets(name, shop, { fast, slow, lumpy });
}

const sources = [...(totals.values().next().value ?? new Map()).keys()];
console.log(
  `\n| shop | product | days | ${sources.join(' | ')} |\n| --- | --- | --- |${' --- |'.repeat(sources.length)}`,
);
for (const [line, own] of totals) {
  const cells = sources.map(
    (source) => `${((100 * own.get(source)!.regret) / own.get(source)!.hindsight).toFixed(0)}%`,
  );
  console.log(`| ${line} | ${cells.join(' | ')} |`);
}
