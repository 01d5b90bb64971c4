import { refuse } from '../../internal/require.js';
import type { Estimate } from '../../statistics/estimate.js';
import { type Minimum, minimise } from '../../statistics/minimising/minimise.js';
import { upperNormal } from '../../statistics/normal.js';
import type { CustomerHistory } from '../history/history.js';
import type { Past, PurchaseProcess } from './purchase-process.js';

/** A process with the parameters of some customers. */
export interface FittedProcess {
  readonly process: PurchaseProcess;
  readonly parameters: Float64Array;
  /** As they are shown, with 95% intervals by the curvature of the likelihood in logarithms. */
  readonly estimates: Readonly<Record<string, Estimate>>;
  readonly logLikelihood: number;
}

/** Customers, those that are alike once. */
export interface AlikeCustomers {
  readonly pasts: readonly Past[];
  /** How many are alike. */
  readonly weights: Float64Array;
  readonly rate: number;
  readonly meanAge: number;
  readonly longest: number;
}

type Pause = () => Promise<void>;

/** Fewer customers who came back say nothing of rates and dropout. */
const fewestReturned = 10;

/** Gathers customers for a fit, and refuses those of whom too few came back. */
export async function gatherAlike(where: string, history: CustomerHistory, pause: Pause): Promise<AlikeCustomers> {
  const { frequency, recency, age, length } = history;
  const found = new Map<string, { readonly past: Past; weight: number }>();
  let [returned, purchases, time, longest] = [0, 0, 0, 0];
  for (let row = 0; row < length; row += 1) {
    if (row % 2 ** 10 === 0) await pause();
    const past = { frequency: frequency[row]!, recency: recency[row]!, age: age[row]! };
    const key = `${past.frequency} ${past.recency} ${past.age}`;
    const known = found.get(key);
    if (known) known.weight += 1;
    else found.set(key, { past, weight: 1 });
    returned += past.frequency > 0 ? 1 : 0;
    purchases += past.frequency;
    time += past.age;
    longest = Math.max(longest, past.age);
  }
  if (returned < fewestReturned) {
    refuse(where, 'history', `have ${fewestReturned} customers or more who came back, of ${length}`, returned);
  }
  const all = [...found.values()];
  const weights = Float64Array.from(all, ({ weight }) => weight);
  return { pasts: all.map(({ past }) => past), weights, rate: purchases / time, meanAge: time / length, longest };
}

/** Finds the parameters that make customers likeliest, from several starts. */
export async function fitProcess(
  where: string,
  process: PurchaseProcess,
  customers: AlikeCustomers,
  pause: Pause,
): Promise<FittedProcess> {
  const { pasts, weights } = customers;
  const lossAt = async (logs: Float64Array) => {
    const parameters = logs.map(Math.exp);
    let sum = 0;
    for (let row = 0; row < pasts.length; row += 1) {
      if (row % 2 ** 9 === 0) await pause();
      sum -= weights[row]! * process.logLikelihood(parameters, pasts[row]!);
    }
    // What is beyond doubles is worse than anything.
    return Number.isNaN(sum) ? Number.POSITIVE_INFINITY : sum;
  };
  const starts = process.starts(customers.rate, customers.meanAge).map((start) => Float64Array.from(start, Math.log));
  const found = await minimise(lossAt, starts);
  requireLikelihood(where, found);
  return {
    process,
    parameters: found.point.map(Math.exp),
    estimates: estimatesOf(process.parameters, found),
    logLikelihood: -found.value,
  };
}

/** Refuses customers of whom no likelihood could be computed: numbers so large or so small that it overflows everywhere. */
export function requireLikelihood(where: string, { value, point }: Minimum): void {
  if (Number.isFinite(value) && point.every((log) => Number.isFinite(Math.exp(log)))) return;
  refuse(
    where,
    'history',
    'hold numbers whose likelihood can be computed: count time and money in other units',
    -value,
  );
}

/** Parameters that were found as logarithms, with 95% intervals: normal in the logarithm. */
export function estimatesOf(
  names: readonly string[],
  { point, covariance }: Minimum,
): Readonly<Record<string, Estimate>> {
  const estimates = names.map((name, place) => {
    const log = point[place]!;
    if (!covariance) return [name, { value: Math.exp(log) }] as const;
    const reach = upperNormal * Math.sqrt(covariance[place * (point.length + 1)]!);
    return [name, { value: Math.exp(log), interval: [Math.exp(log - reach), Math.exp(log + reach)] }] as const;
  });
  return Object.fromEntries(estimates);
}

/** Doubts about parameters of which the data leave more than two orders of magnitude open. */
export function flatness(estimates: Readonly<Record<string, Estimate>>): string[] {
  const flat = Object.entries(estimates).filter(([, { interval }]) => !(interval && interval[1] < 100 * interval[0]));
  if (flat.length === 0) return [];
  const names = flat.map(([name]) => name).join(', ');
  return [`These customers hardly say what ${names} may be: do not read parameters by themselves.`];
}
