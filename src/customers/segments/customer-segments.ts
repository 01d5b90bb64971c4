import type { Id } from '../../data/vocabulary.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { refuse, requireSeed, requireWholeNumber } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { createRng, type Rng } from '../../random/rng.js';
import { empiricalRange } from '../../statistics/bootstrap.js';
import type { Estimate } from '../../statistics/estimate.js';
import { mean, median } from '../../statistics/moments.js';
import {
  type ChurnFeature,
  featureColumns,
  requireFeatures,
  type Scale,
  scaled,
  scalesOf,
} from '../churn/churn-features.js';
import { type CustomerHistory, requireHistory } from '../history/history.js';
import { adjustedRand } from './adjusted-rand.js';
import { assign, type Clustering, kMeans, nearest, type Points, silhouette } from './k-means.js';
import { cellsOf, explainedVariance, thirdsOf } from './quantile-cells.js';
import { type SegmentProfile, wordsOf } from './segment-words.js';

/** Options of {@link customerSegments}. */
export interface CustomerSegmentsOptions {
  /** How many segments, from 2 to 20. By default the number from 2 to 8 with the highest silhouette. */
  readonly segments?: number;
  /** Resamples of the customers by which stability is measured, from 2 to 1,000. Default 20. */
  readonly resamples?: number;
  /** Fixes the starts and resamples; any safe integer. Default 0. */
  readonly seed?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Customers who buy alike. */
export interface CustomerSegment {
  /** How many they are. */
  readonly customers: number;
  /** Their share of all. */
  readonly share: number;
  /** What is usual among them. */
  readonly profile: SegmentProfile;
  /** That in plain words, beside what is usual among all. */
  readonly words: string;
}

/** How good a grouping is. */
export interface GroupingScore {
  /** Groups with a customer. */
  readonly groups: number;
  /** Share of the variance of the standardised numbers that lies between groups. */
  readonly explained: number;
  /** Adjusted Rand index of the grouping and those of resamples: 1 where other customers of the kind give the same groups. */
  readonly stability: Required<Estimate>;
}

/** Segments of customers. Made by {@link customerSegments}. */
export interface CustomerSegments {
  /** The segments, the largest first. */
  readonly segments: readonly CustomerSegment[];
  /** `[N]`: the segment of each customer. */
  readonly labels: Int32Array;
  /** How good they are. */
  readonly score: GroupingScore;
  /** The rule of marketing beside it: cells by thirds of each number. */
  readonly cells: GroupingScore;
  /** The numbers of segments that were tried, with their silhouettes; empty where the number was given. */
  readonly trials: readonly {
    /** How many. */
    readonly segments: number;
    /** Mean of 1 - distance to the own centre / distance to the next: higher is better. */
    readonly silhouette: number;
  }[];
  /** Why not to trust them, in plain words; empty where nothing was found. */
  readonly doubts: readonly string[];
  /** `[N]`: the segments of other customers, or of the same at another date. */
  assign(history: CustomerHistory, options?: Pick<CustomerSegmentsOptions, 'signal'>): Promise<Int32Array>;
  /**
   * Why a customer is in a segment and not in the next nearest: what each number adds to the difference of the squared distances, which
   * they sum to. Above 0 it speaks for the own segment.
   */
  explain(history: CustomerHistory, customer: Id): Promise<SegmentExplanation>;
}

/** Why a customer is in a segment. */
export interface SegmentExplanation {
  /** The segment. */
  readonly segment: number;
  /** The next nearest. */
  readonly next: number;
  /** Squared distance to the next less that to the own, in standardised numbers. */
  readonly margin: number;
  /** What each number adds to the margin, the largest first, in either direction. */
  readonly contributions: readonly {
    /** Which number. */
    readonly feature: ChurnFeature;
    /** What it adds. */
    readonly contribution: number;
  }[];
}

function names(): OptionNames<CustomerSegmentsOptions> {
  return { segments: true, resamples: true, seed: true, signal: true };
}

const [fewestSegments, mostTried, mostSegments] = [2, 8, 20];
/** Below it segments are those of these customers alone. */
const stable = 0.75;

type Pause = () => Promise<void>;

/**
 * Groups customers by how long ago, how often and for how much they bought: k-means on the standardised logarithms of the three.
 *
 * Every grouping finds groups, also where there are none: `score.stability` says whether other customers of the kind would give the same
 * ones, `doubts` when not. The cells by thirds of each number stand beside it: they take no fit, and are easier to explain.
 *
 * @param history - Of 10 customers or more for each segment, who differ. Without money, groups are by time and frequency.
 * @returns The segments.
 * @throws RangeError when there are too few customers, all are alike, or an option is wrong.
 * @see Lloyd, "Least Squares Quantization in PCM" (1982); Hubert and Arabie, "Comparing Partitions" (1985)
 * @example
 * const shop = simulateShop({ seed: 7, users: 200, items: 30, days: 120 });
 * const kinds = { Customer: idColumn(), Time: timeColumn(), Quantity: countColumn(), UnitPrice: moneyColumn() };
 * const columns = { customer: 'Customer', time: 'Time', pieces: 'Quantity', money: 'UnitPrice' } as const;
 * const history = await customerHistory(parseTable(formatOrders(shop), kinds), columns);
 * const { segments, labels } = await customerSegments(history, { segments: 3, seed: 1 });
 * segments.length; // 3
 * segments.reduce((sum, { customers }) => sum + customers, 0) === labels.length; // true
 */
export async function customerSegments(
  history: CustomerHistory,
  options: CustomerSegmentsOptions = {},
): Promise<CustomerSegments> {
  const where = 'customerSegments';
  requireOptions(where, options, names());
  const { segments: asked, resamples = 20, seed = 0, signal } = options;
  if (asked !== undefined) requireWholeNumber(where, 'segments', asked, fewestSegments, mostSegments);
  requireWholeNumber(where, 'resamples', resamples, 2, 1000);
  requireSeed(where, seed);
  const pause = pauseFor(where, signal);
  requireHistory(where, history);
  const fewest = 10 * (asked ?? fewestSegments);
  if (history.length < fewest) refuse(where, 'history', `have ${fewest} customers or more`, history.length);
  const ground = await groundOf(where, history, pause);
  const { points } = ground;
  const rng = createRng(seed);
  const { trials, clustering } = await choose(points, asked, rng.stream('starts'), pause);
  const { labels, centres } = largestFirst(clustering);
  const starts = rng.stream('resamples');
  const group = async (own: Points) => {
    const again = await kMeans(own, centres.length, starts, pause);
    return (await assign(points, again.centres, pause)).labels;
  };
  const cut = async (own: Points) => cellsOf(points, thirdsOf(own));
  const score = await scoreOf(points, labels, group, resamples, rng);
  const cells = await scoreOf(points, cellsOf(points, thirdsOf(points)), cut, resamples, rng);
  const segments = describeSegments(history, labels, centres.length);
  return { segments, labels, score, cells, trials, doubts: doubtsOf(score), ...methodsOf(ground, centres) };
}

/** What customers are grouped by. */
interface Ground {
  readonly features: readonly ChurnFeature[];
  readonly scales: readonly Scale[];
  readonly points: Points;
}

async function groundOf(where: string, history: CustomerHistory, pause: Pause): Promise<Ground> {
  const timed: readonly ChurnFeature[] = ['sinceLast', 'frequency'];
  const features = history.spending ? ([...timed, 'money'] as const) : timed;
  const raw = await featureColumns(history, features, pause);
  if (raw.every((column) => column.every((value) => value === column[0]))) {
    refuse(where, 'history', 'have customers who differ', `${history.length} customers who are all alike`);
  }
  const scales = scalesOf(raw);
  return { features, scales, points: scaled(raw, scales) };
}

function methodsOf({ features, scales }: Ground, centres: readonly Float64Array[]) {
  const pointsOf = async (where: string, history: CustomerHistory, pause: Pause) => {
    requireHistory(where, history);
    requireFeatures(where, history, features);
    return scaled(await featureColumns(history, features, pause), scales);
  };
  const methods: Pick<CustomerSegments, 'assign' | 'explain'> = {
    assign: async (history, options = {}) => {
      requireOptions('assign', options, { signal: true });
      const pause = pauseFor('assign', options.signal);
      return (await assign(await pointsOf('assign', history, pause), centres, pause)).labels;
    },
    explain: async (history, customer) => {
      const points = await pointsOf('explain', history, createPause());
      const row = history.customers.has(customer) ? history.customers.indexOf(customer) : -1;
      if (row < 0) refuse('explain', 'customer', 'be one of the history', customer);
      const { place, distance, second, next } = nearest(points, row, centres);
      const contributions = features.map((feature, axis) => {
        const at = (segment: number) => (points[axis]![row]! - centres[segment]![axis]!) ** 2;
        return { feature, contribution: at(second) - at(place) };
      });
      contributions.sort((one, other) => Math.abs(other.contribution) - Math.abs(one.contribution));
      return { segment: place, next: second, margin: next - distance, contributions };
    },
  };
  return methods;
}

async function choose(points: Points, asked: number | undefined, rng: Rng, pause: Pause) {
  if (asked !== undefined) return { trials: [], clustering: await kMeans(points, asked, rng, pause) };
  const most = Math.min(mostTried, Math.floor(points[0]!.length / 10));
  const tried: { segments: number; silhouette: number; clustering: Clustering }[] = [];
  for (let segments = fewestSegments; segments <= most; segments += 1) {
    const clustering = await kMeans(points, segments, rng, pause);
    tried.push({ segments, silhouette: await silhouette(points, clustering, pause), clustering });
  }
  const best = tried.reduce((one, other) => (other.silhouette > one.silhouette ? other : one));
  const trials = tried.map(({ segments, silhouette: value }) => ({ segments, silhouette: value }));
  return { trials, clustering: best.clustering };
}

// Who lost all customers goes; ties keep the order of the centres.
function largestFirst({ centres, labels, inertia }: Clustering): Clustering {
  const counts = new Float64Array(centres.length);
  for (const label of labels) counts[label]! += 1;
  const order = [...centres.keys()]
    .filter((group) => counts[group]! > 0)
    .sort((one, other) => counts[other]! - counts[one]!);
  const places = Int32Array.from(centres.keys(), (group) => order.indexOf(group));
  return { centres: order.map((group) => centres[group]!), labels: labels.map((label) => places[label]!), inertia };
}

async function scoreOf(
  points: Points,
  labels: Int32Array,
  group: (resample: Points) => Promise<Int32Array>,
  resamples: number,
  rng: Rng,
): Promise<GroupingScore> {
  const rows = rng.stream('rows');
  const agreements = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample += 1) {
    const drawn = Uint32Array.from(labels, () => rows.integer(labels.length));
    const own = points.map((column) => Float64Array.from(drawn, (row) => column[row]!));
    agreements[resample] = adjustedRand(labels, await group(own));
  }
  const stability = { value: mean(agreements), interval: empiricalRange(agreements) };
  return { groups: new Set(labels).size, explained: explainedVariance(points, labels), stability };
}

function describeSegments(history: CustomerHistory, labels: Int32Array, count: number): CustomerSegment[] {
  const all = profileOf(history, () => true);
  return Array.from({ length: count }, (_, segment) => {
    const customers = labels.reduce((sum, label) => sum + (label === segment ? 1 : 0), 0);
    const profile = profileOf(history, (row) => labels[row] === segment);
    return { customers, share: customers / labels.length, profile, words: wordsOf(profile, all, history.unit) };
  });
}

function profileOf(
  { frequency, recency, age, spending }: CustomerHistory,
  isIn: (row: number) => boolean,
): SegmentProfile {
  const rows = Array.from(frequency.keys()).filter(isIn);
  const middle = (of: (row: number) => number) => median(rows.map(of));
  return {
    sinceLast: middle((row) => age[row]! - recency[row]!),
    purchases: middle((row) => frequency[row]! + 1),
    ...(spending && { money: middle((row) => spending.total[row]! / (1 + frequency[row]!)) }),
  };
}

function doubtsOf({ stability: { value } }: GroupingScore): string[] {
  if (value >= stable) return [];
  const found = `adjusted Rand ${value.toFixed(2)}`;
  return [`Other customers of the kind would give other segments (${found}): take fewer, or the cells by thirds.`];
}
