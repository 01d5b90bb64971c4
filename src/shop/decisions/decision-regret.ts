import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requireFilled, requireGivenFunction, requirePositiveInteger } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { requirePolicy } from '../../rl/acting/policy.js';
import { stockProblemNames } from '../../rl/inventory/inventory-rules.js';
import { type Estimate, meanEstimate } from '../../statistics/estimate.js';
import { mean } from '../../statistics/moments.js';
import { learnBaseStock } from './learn-base-stock.js';
import { createReplay, type LearnPolicy, type StockRules } from './replay-costs.js';

/** Options of {@link decisionRegret}: a stock problem without its demand, and what policies are learned from. */
export interface DecisionRegretOptions extends StockRules {
  /**
   * By the name of a source of demand, for each of its seeds the series to learn from: of a model some virtual series, of the
   * record the recorded one. The first source is the one that others are compared with.
   */
  readonly sources: Readonly<Record<string, readonly (readonly (readonly number[])[])[]>>;
  /**
   * How a policy is learned from the series of one seed, and for hindsight from the days held out. Default: the base-stock
   * level that costs least on these series.
   */
  readonly learn?: LearnPolicy;
  /** Days that are taken together where intervals are worked out, since the cost of a day depends on the days before. Default 7. */
  readonly blockLength?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What policies learned from one source of demand cost on the days held out. */
export interface SourceRegret {
  /** Its name. */
  readonly source: string;
  /** The policies, one for each seed. */
  readonly policies: readonly string[];
  /** Mean cost per day over days and seeds, with Student's 95% interval over blocks of days. */
  readonly cost: Required<Estimate>;
  /** How much more than the policy chosen in hindsight: what not knowing these days cost. */
  readonly regret: Required<Estimate>;
  /** How much more than the first source, from the same days; missing in its own row. */
  readonly difference?: Required<Estimate>;
}

/** What decisions on virtual and recorded demand are worth. Made by {@link decisionRegret}. */
export interface DecisionRegret {
  /** One for each source, in the order given. */
  readonly sources: readonly SourceRegret[];
  /** The policy learned from the days held out themselves, and its cost: nobody could have known it. */
  readonly hindsight: {
    /** Its name. */
    readonly policy: string;
    /** Mean cost per day. */
    readonly cost: Required<Estimate>;
  };
  /** Days that were counted. */
  readonly days: number;
  /** All of it as a table to print. */
  readonly table: string;
}

function optionNames(): OptionNames<DecisionRegretOptions> {
  return { ...stockProblemNames, sources: true, learn: true, blockLength: true, signal: true };
}

/**
 * Prices what policies learned from virtual demand cost on real demand that was held out, beside policies learned from other
 * sources and the one that hindsight would have chosen.
 *
 * Every policy meets the same days: it begins without stock, and the first `leadTime + 1` days do not count. Intervals are those of
 * one stretch of days: they say how far other days like these would move the costs, and are too narrow where what lies a block
 * apart still depends on each other. A model is worth something where the interval of its `difference` lies below 0.
 *
 * @param heldOut - `[T]`: real demand day by day, behind the days that were learned from, at least two blocks that count.
 * @returns Costs and regrets; `table` is there to print.
 * @throws RangeError when a series holds what is no number in [0, 1000000], a source has none, the days are too few, a policy takes an
 *   illegal action, or an option is wrong.
 * @see Silver, Pyke and Thomas, "Inventory and Production Management in Supply Chains" (2016)
 * @example
 * const recorded = [3, 5, 4, 6, 2, 0, 0, 4, 4, 5, 7, 3, 0, 0];
 * const heldOut = [4, 6, 3, 5, 2, 0, 0, 5, 4, 4, 8, 3, 0, 0, 4, 4, 6, 5, 2, 0, 0];
 * const sources = { recorded: [[recorded]], guess: [[[9, 9, 9, 9, 9]]] };
 * const { sources: [first, second] } = await decisionRegret(heldOut, { sources, holding: 1, penalty: 4 });
 * first!.policies; // ['base-stock 5']
 * second!.regret.value > first!.regret.value; // true
 */
export async function decisionRegret(
  heldOut: readonly number[],
  options: DecisionRegretOptions,
): Promise<DecisionRegret> {
  const where = 'decisionRegret';
  requireGivenOptions(where, options, optionNames());
  const { sources, learn: given, blockLength = 7, signal, ...stock } = options;
  const pause = pauseFor(where, signal);
  requirePositiveInteger(where, 'blockLength', blockLength);
  if (given !== undefined) requireGivenFunction(where, 'learn', given);
  requireSources(where, sources);
  const learn = given ?? learnBaseStock(where, stock, pause);
  const replay = createReplay(where, 'heldOut', heldOut, stock, pause);
  const { days } = replay;
  if (days < 2 * blockLength) {
    refuse(where, 'heldOut', `hold at least ${replay.warmUp + 2 * blockLength} days`, heldOut.length);
  }
  const play = async (series: readonly (readonly number[])[]) => {
    const policy = await learn(series);
    requirePolicy(where, 'learn', policy);
    return { name: policy.name, costs: blockMeans(await replay.costs(policy), blockLength) };
  };
  const hindsight = await play([heldOut]);
  const played: Played[] = [];
  for (const [source, seeds] of Object.entries(sources)) {
    const runs = [];
    for (const series of seeds) runs.push(await play(series));
    played.push({ source, policies: runs.map(({ name }) => name), costs: meanOf(runs.map(({ costs }) => costs)) });
  }
  const rows = played.map((each, place) => rowOf(each, hindsight.costs, place > 0 ? played[0] : undefined));
  const found = { sources: rows, hindsight: { policy: hindsight.name, cost: meanEstimate(hindsight.costs) }, days };
  return { ...found, table: regretTable(found) };
}

interface Played {
  readonly source: string;
  readonly policies: readonly string[];
  /** Means of blocks of days, over the seeds. */
  readonly costs: Float64Array;
}

function requireSources(where: string, sources: DecisionRegretOptions['sources']): void {
  if (typeof sources !== 'object' || sources === null) {
    refuse(where, 'sources', 'be an object of series by source', sources);
  }
  requireFilled(where, 'sources', Object.keys(sources));
  for (const [name, seeds] of Object.entries(sources)) {
    const isWhole =
      Array.isArray(seeds) && seeds.length > 0 && seeds.every((each) => Array.isArray(each) && each.length > 0);
    if (!isWhole)
      refuse(where, `sources.${name}`, 'be an array with a list of series for each seed, none of them empty', seeds);
    for (const series of seeds.flat()) {
      if (typeof series !== 'object') refuse(where, `sources.${name}`, 'hold lists of series, not series', seeds);
    }
  }
}

// Of days; a rest that is no whole block goes to the last one.
function blockMeans(costs: Float64Array, length: number): Float64Array {
  const blocks = Math.floor(costs.length / length);
  return Float64Array.from({ length: blocks }, (_, block) =>
    mean(costs.subarray(block * length, block === blocks - 1 ? costs.length : (block + 1) * length)),
  );
}

function meanOf(lists: readonly Float64Array[]): Float64Array {
  return lists[0]!.map((_, place) => mean(lists.map((list) => list[place]!)));
}

function rowOf({ source, policies, costs }: Played, hindsight: Float64Array, first: Played | undefined): SourceRegret {
  const less = (others: Float64Array) => meanEstimate(costs.map((cost, block) => cost - others[block]!));
  return {
    source,
    policies,
    cost: meanEstimate(costs),
    regret: less(hindsight),
    ...(first && { difference: less(first.costs) }),
  };
}

function regretTable({ sources, hindsight, days }: Omit<DecisionRegret, 'table'>): string {
  const shown = ({ value, interval: [low, high] }: Required<Estimate>) =>
    `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
  const first = sources[0]!.source;
  const lines = sources.map(
    ({ source, policies, cost, regret, difference }) =>
      `| ${source} | ${[...new Set(policies)].join('; ')} | ${shown(cost)} | ${shown(regret)} | ${difference ? shown(difference) : '–'} |`,
  );
  return [
    `| learned from | policies | cost per day | regret | less ${first} |`,
    '| --- | --- | --- | --- | --- |',
    ...lines,
    `| in hindsight | ${hindsight.policy} | ${shown(hindsight.cost)} | 0 | – |`,
    '',
    `${days} days held out; 95% intervals over blocks of them.`,
  ].join('\n');
}
