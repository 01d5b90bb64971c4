import { describe } from '../../internal/describe.js';
import { type Estimate, exactEstimate, type Interval, meanEstimate } from '../../statistics/estimate.js';
import { mean } from '../../statistics/moments.js';

/** What a policy costs, and what others cost in its place. Made by {@link certifyPolicy}. */
export interface Certificate {
  /** What the numbers are: costs are better low, rewards high. */
  readonly measure: 'cost per period' | 'reward per step' | 'reward per episode';
  /**
   * The certified policy: its mean cost per period (or reward per step) over the episodes, with an interval of no width where
   * nothing was simulated.
   */
  readonly policy: Required<Estimate> & {
    /** Its name. */
    readonly name: string;
    /** The exact long-run average, or of episodes that end the exact mean; missing, by default, where it was not computed. */
    readonly exact?: number;
    /** The certified policy's value minus this one's, from the same episodes; missing in its own row. */
    readonly difference?: Required<Estimate>;
    /** Of an inventory, how customers fared. */
    readonly service?: {
      /** Share of the demand that was met at once. */
      readonly fillRate: number;
      /** Its 95% interval, from the fill rates of the episodes; that of a single episode is infinite. */
      readonly fillRateInterval: Interval;
      /** Share of the periods in which demand was missed. */
      readonly stockOuts: number;
      /** Mean stock left at the end of a period. */
      readonly meanStock: number;
      /** Mean units ordered per period. */
      readonly meanOrder: number;
      /** Share of the periods in which something was ordered. */
      readonly orderShare: number;
      /** Mean units thrown away per period. */
      readonly meanWaste: number;
    };
  };
  /** The policies it is compared with, in the same numbers. */
  readonly rivals: readonly Certificate['policy'][];
  /** The rival that does best; missing where there is none. */
  readonly best?: Certificate['policy'];
  /** How much worse than the best rival; negative when better. */
  readonly gapToBest?: Required<Estimate> & {
    /** `'percent'` of the other value, or `'absolute'` where the other is 0 or next to it. */
    readonly unit: 'percent' | 'absolute';
  };
  /** The exact optimum; missing, by default, where it was not computed. */
  readonly optimum?: number;
  /**
   * How much worse than the optimum; missing where there is no optimum, and where simulated episodes came out better than it:
   * they are then too short, or begin too well, to be compared with the long run.
   */
  readonly gapToOptimum?: NonNullable<Certificate['gapToBest']>;
  /** The service that was asked for, and whether the certified policy gives it; missing, by default, where none was asked for. */
  readonly target?: {
    /** Least share of the demand that is met at once. */
    readonly fillRate: number;
    /** Whether the interval of the fill rate lies above or below it; missing where it lies in the interval. */
    readonly reached?: boolean;
  };
  /** Episodes played with each policy, 0 where all is exact. */
  readonly episodes: number;
  /** Steps of an episode that counted. */
  readonly steps: number;
  /** Seed of the first episode. */
  readonly seed: number;
  /** All of it as a table to print. */
  readonly table: string;
}

/** What is known of one policy. */
export interface Contender {
  readonly name: string;
  /** Mean reward of a step, episode by episode; empty where nothing was simulated. */
  readonly rewards: readonly number[];
  /** Long-run average reward. */
  readonly exact?: number;
  readonly service?: NonNullable<Certificate['policy']['service']>;
}

/** Which episodes were played; none where all is exact. */
export type Played = Pick<Certificate, 'episodes' | 'steps' | 'seed'>;

const nothingPlayed: Played = { episodes: 0, steps: 0, seed: 0 };

/**
 * Sets the first contender beside the others. `optimum` is a reward, as everything in contenders.
 *
 * @throws Error when one of them is better than the optimum: then a model or a solver is wrong, and nothing it says holds.
 */
export function certificateOf(
  [first, ...others]: readonly Contender[],
  measure: Certificate['measure'],
  optimum: number | undefined,
  { episodes, steps, seed, fillRate }: Played & { readonly fillRate?: number | undefined } = nothingPlayed,
): Certificate {
  if (optimum !== undefined) for (const each of [first!, ...others]) requireWithin(each, optimum);
  const sign = measure === 'cost per period' ? -1 : 1;
  const rivals = others.map((other) => ({ ...rowOf(other, sign), difference: difference(first!, other, sign) }));
  const best = others.reduce((top, other, place) => (rewardOf(other) > rewardOf(others[top]!) ? place : top), 0);
  const gap = optimum === undefined ? undefined : gapToOptimum(first!, optimum);
  const certificate = {
    measure,
    policy: rowOf(first!, sign),
    rivals,
    ...(others.length > 0 && { best: rivals[best]!, gapToBest: gapTo(first!, others[best]!) }),
    ...(optimum !== undefined && { optimum: sign * optimum }),
    ...(gap && { gapToOptimum: gap }),
    ...(fillRate !== undefined && { target: { fillRate, ...reachedBy(first!, fillRate) } }),
    ...{ episodes, steps, seed },
  };
  return { ...certificate, table: certificateTable(certificate) };
}

// Nothing is said where the target lies in the interval.
function reachedBy({ service }: Pick<Contender, 'service'>, fillRate: number): { readonly reached?: boolean } {
  const [low, high] = service?.fillRateInterval ?? [0, 1];
  if (low >= fillRate) return { reached: true };
  return high < fillRate ? { reached: false } : {};
}

type Row = Certificate['policy'];

function rowOf({ name, rewards, exact, service }: Contender, sign: number): Row {
  return {
    name,
    ...(rewards.length > 0 ? meanEstimate(rewards.map((each) => sign * each)) : exactEstimate(sign * exact!)),
    ...(exact !== undefined && { exact: sign * exact }),
    ...(service && { service }),
  };
}

function difference(first: Contender, other: Contender, sign: number): Required<Estimate> {
  return first.rewards.length > 0 && other.rewards.length > 0
    ? meanEstimate(first.rewards.map((each, episode) => sign * (each - other.rewards[episode]!)))
    : exactEstimate(sign * (rewardOf(first) - rewardOf(other)));
}

// Both are known to eight digits.
function requireWithin({ name, exact }: Contender, optimum: number): void {
  if (exact === undefined || exact <= optimum + 1e-6 * Math.max(1, Math.abs(optimum))) return;
  throw new Error(
    `certifyPolicy: the optimum must not be beaten, received a reward of ${exact} of ${describe(name)} and ${optimum} of the ` +
      'optimum. The model gives other answers when it is asked again, or minimart is wrong: please report it.',
  );
}

function rewardOf({ exact, rewards }: Contender): number {
  return exact ?? mean(rewards);
}

type Gap = NonNullable<Certificate['gapToBest']>;

// Exact where both are, and otherwise from the same episodes.
function gapTo(first: Contender, other: Contender): Gap {
  if (first.exact !== undefined && other.exact !== undefined)
    return gapOf(exactEstimate(other.exact - first.exact), other.exact);
  const differences = meanEstimate(first.rewards.map((each, episode) => other.rewards[episode]! - each));
  return gapOf(differences, mean(other.rewards));
}

function gapToOptimum(first: Contender, optimum: number): Gap | undefined {
  if (first.exact !== undefined) return gapOf(exactEstimate(Math.max(0, optimum - first.exact)), optimum);
  const shortfall = meanEstimate(first.rewards.map((each) => optimum - each));
  return shortfall.interval[1] < 0 ? undefined : gapOf(shortfall, optimum);
}

// A share of next to nothing says nothing.
function gapOf({ value, interval }: Required<Estimate>, base: number): Gap {
  const size = Math.abs(base);
  if (size === 0 || size < 1e-6 * Math.abs(value)) return { value, interval, unit: 'absolute' };
  const percent = (each: number) => (100 * each) / size;
  return { value: percent(value), interval: [percent(interval[0]), percent(interval[1])], unit: 'percent' };
}

// A line for each policy, then the gaps in words.
function certificateTable(certificate: Omit<Certificate, 'table'>): string {
  const { policy, rivals, measure, target } = certificate;
  const rows = [policy, ...rivals];
  const hasExact = rows.some(({ exact }) => exact !== undefined);
  const hasService = rows.some(({ service }) => service !== undefined);
  const hasEpisodes = certificate.episodes > 0;
  const head = ['policy', ...(hasEpisodes ? [measure, '95% interval'] : []), ...(hasExact ? ['exact'] : [])];
  const cells = rows.map((row) => [
    row.name,
    ...(hasEpisodes ? [fixed(row.value), range(row)] : []),
    ...(hasExact ? [row.exact === undefined ? '–' : fixed(row.exact)] : []),
    ...(hasService ? serviceCells(row) : []),
  ]);
  return [
    aligned([[...head, ...(hasService ? ['fill rate', 'stock-outs'] : [])], ...cells]),
    '',
    ...sentences(certificate),
    ...(target ? rows.map((row) => targetSentence(row, target.fillRate)) : []),
  ].join('\n');
}

function serviceCells({ service }: Row): string[] {
  return service ? [percent(service.fillRate * 100), percent(service.stockOuts * 100)] : ['–', '–'];
}

function sentences({
  policy,
  best,
  gapToBest,
  optimum,
  gapToOptimum,
  episodes,
  steps,
  seed,
  measure,
}: Omit<Certificate, 'table'>): string[] {
  const lines: string[] = [];
  if (best && gapToBest) lines.push(`${policy.name} is ${inWords(gapToBest)} ${best.name}, the best of the others.`);
  if (optimum !== undefined) {
    const words = gapToOptimum
      ? `${policy.name} is ${inWords(gapToOptimum)} it.`
      : 'these episodes are too short, or begin too well, to be compared with it.';
    lines.push(`The optimum is ${fixed(optimum)} ${measure}; ${words}`);
  }
  if (episodes === 1) lines.push(`One episode of ${steps} steps, seed ${seed}: no interval can be given.`);
  if (episodes > 1)
    lines.push(`${episodes} episodes of ${steps} steps, the same for every policy, seeds from ${seed}.`);
  return lines;
}

function targetSentence({ name, service }: Row, fillRate: number): string {
  const { reached } = reachedBy({ ...(service && { service }) }, fillRate);
  const [low, high] = service!.fillRateInterval;
  const reach = Number.isFinite(high) ? ` (${percent(low * 100)} to ${percent(high * 100)})` : '';
  const found = `a fill rate of ${percent(service!.fillRate * 100)}${reach}`;
  const goal = `the target of ${percent(fillRate * 100)}`;
  if (reached === undefined) return `${name} has ${found}, not told apart from ${goal}.`;
  return `${name} ${reached ? 'reaches' : 'DOES NOT REACH'} ${goal}: it has ${found}.`;
}

function inWords({ value, interval: [low, high], unit }: Gap): string {
  const amount = (size: number) => (unit === 'percent' ? `${size.toFixed(2)}%` : size.toFixed(3));
  const reach = high > low && Number.isFinite(high) ? ` (${amount(low)} to ${amount(high)})` : '';
  if (reach && low < 0 && high > 0) return `not told apart${reach} from`;
  const least = unit === 'percent' ? 0.005 : 0.0005;
  return Math.abs(value) < least
    ? 'as good as'
    : `${amount(Math.abs(value))} ${value > 0 ? 'worse' : 'better'}${reach} than`;
}

function range({ interval: [low, high] }: Required<Estimate>): string {
  return Number.isFinite(high) ? `${fixed(low)} to ${fixed(high)}` : '–';
}

function fixed(value: number): string {
  return value.toFixed(Math.abs(value) >= 1000 ? 0 : 3);
}

function percent(value: number): string {
  return `${value.toFixed(1)}%`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  '),
    )
    .join('\n');
}
