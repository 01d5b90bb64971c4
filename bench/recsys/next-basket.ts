// tsx bench/recsys/next-basket.ts [RESULT.json]: each customer's next invoice of UCI Online Retail (three or more), all items: every
// recommender with what comes again and what is new. Settings are chosen on a rehearsal, the same split within train.
import { writeFileSync } from 'node:fs';
import {
  easeRecommender,
  evaluateNextBasket,
  formatNextBasket,
  type Interactions,
  itemItemRecommender,
  type NextBasketPartName,
  nextBasketRecommender,
  personalFrequencyRecommender,
  popularityRecommender,
  type Recommender,
  repeatShare,
  sequentialRulesRecommender,
} from 'minimart';
import { nextBasketData } from './next-basket-data.js';

interface Candidate {
  readonly settings: object;
  make(train: Interactions): Recommender | Promise<Recommender>;
}

const decays = [0.8, 0.9, 0.95, 1];
const strengths = [100, 200, 500];

// What is chosen by, and among what.
const kinds: Readonly<Record<string, { readonly by: NextBasketPartName; readonly among: readonly Candidate[] }>> = {
  popularity: { by: 'all', among: [{ settings: {}, make: popularityRecommender }] },
  itemItem: {
    by: 'all',
    among: [10, 50, 200].map((neighbours) => ({
      settings: { neighbours },
      make: (train) => itemItemRecommender(train, { neighbours }),
    })),
  },
  sequentialRules: {
    by: 'all',
    among: [
      { steps: 1, history: 1, decay: 1 },
      { steps: 1, history: 5, decay: 0.8 },
      { steps: 3, history: 3, decay: 0.8 },
      { steps: 10, history: 10, decay: 0.8 },
      { steps: 10, history: 1, decay: 1 },
    ].map((settings) => ({ settings, make: (train) => sequentialRulesRecommender(train, settings) })),
  },
  ease: {
    by: 'discovery',
    among: strengths.map((regularization) => ({
      settings: { regularization },
      make: (train) => easeRecommender(train, { regularization }),
    })),
  },
  personalFrequency: {
    by: 'all',
    among: decays.map((decay) => ({
      settings: { decay },
      make: (train) => personalFrequencyRecommender(train, { decay }),
    })),
  },
};

async function choose(rehearsal: { train: Interactions; test: Interactions }): Promise<Record<string, Candidate>> {
  const chosen: Record<string, Candidate> = {};
  for (const [name, { by, among }] of Object.entries(kinds)) {
    const marks: number[] = [];
    for (const each of among) {
      const recommender = await each.make(rehearsal.train);
      const { results } = await evaluateNextBasket(recommender, {
        ...rehearsal,
        cutoffs: [10],
        beside: [],
        resamples: 0,
      });
      marks.push(results[0].parts[by]!.metrics[0]!.recall.value);
    }
    chosen[name] = among[marks.indexOf(Math.max(...marks))]!;
    console.error(name, marks.map((mark) => mark.toFixed(4)).join(' '), JSON.stringify(chosen[name]!.settings));
  }
  return chosen;
}

async function contenders(train: Interactions, chosen: Record<string, Candidate>): Promise<Recommender[]> {
  const made: Recommender[] = [];
  for (const [name, { settings, make }] of Object.entries(chosen)) {
    made.push({ ...(await make(train)), name: `${name} ${JSON.stringify(settings)}` });
  }
  const { decay } = chosen.personalFrequency!.settings as { decay: number };
  // EASE is solved once for train, and once for train without each customer's last order.
  const solved = new Map<number, Promise<Recommender>>();
  const discover = (rows: Interactions) => {
    const known = solved.get(rows.length) ?? Promise.resolve(chosen.ease!.make(rows));
    solved.set(rows.length, known);
    return known;
  };
  for (const mix of [{ repeatShare: 0.99 }, { repeatShare: 0.9 }, { repeatShare: 0.8 }, 'learned'] as const) {
    const both = await nextBasketRecommender(train, { decay, discover, mix });
    made.push({ ...both, name: `nextBasket ${JSON.stringify(mix)}` });
    if (mix === 'learned') console.error(JSON.stringify(both.mix));
  }
  return made;
}

const { shop, lastOrders, rehearsal, afterADate } = nextBasketData();
console.error(`share of later purchases that were had before: ${repeatShare(shop).toFixed(4)}`);
const chosen = await choose(rehearsal);
const reports: Record<string, object> = {};
for (const [name, split] of Object.entries({ lastOrders, afterADate })) {
  const all = await contenders(split.train, chosen);
  const report = await evaluateNextBasket(all.at(-1)!, { ...split, cutoffs: [10], beside: all.slice(0, -1), seed: 1 });
  reports[name] = report;
  console.log(`${name}\n\n${formatNextBasket(report)}\n`);
}
const file = process.argv[2];
if (file) writeFileSync(file, `${JSON.stringify(reports, null, 1)}\n`);
