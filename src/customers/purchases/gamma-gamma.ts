import { requireOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import type { Estimate } from '../../statistics/estimate.js';
import { logGamma, logRising } from '../../statistics/log-gamma.js';
import { type Minimum, minimise } from '../../statistics/minimising/minimise.js';
import { mean, variance } from '../../statistics/moments.js';
import { upperNormal } from '../../statistics/normal.js';
import { type CustomerHistory, type CustomerSpending, requireHistory } from '../history/history.js';
import { estimatesOf, flatness, requireLikelihood } from './fit-process.js';

/** Options of {@link gammaGamma} and of the methods of its model. */
export interface SpendingOptions {
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What customers spend on a day of purchase. Made by {@link gammaGamma}. */
export interface SpendingModel {
  /** Which model it is. */
  readonly name: string;
  /** Customers it was fitted to: those who came back and whose repeat purchases brought more than 0. */
  readonly customers: number;
  /** The parameters p, q and v with 95% intervals (curvature of the likelihood in their logarithms). */
  readonly parameters: Readonly<Record<string, Estimate>>;
  /** Sum of the logarithms of the customers' likelihoods. */
  readonly logLikelihood: number;
  /** Mean spending of a day over all customers there could be: p v / (q - 1). */
  readonly mean: number;
  /**
   * Correlation of ln(frequency) and ln(mean spending), with Fisher's 95% interval: the model takes it for 0. NaN, without an interval,
   * where one of them does not vary.
   */
  readonly correlation: Estimate;
  /** Why not to trust it, in plain words; empty where nothing was found. */
  readonly doubts: readonly string[];
  /** `[N]`: what each customer's next day of purchase is expected to bring; the `mean` of those of whom no money is known. */
  expectedMoney(history: CustomerHistory, options?: SpendingOptions): Promise<Float64Array>;
}

/** Customers with a mean of x repeat purchases. */
interface Spender {
  readonly x: number;
  readonly money: number;
}

/** Fewer say nothing of how spending differs. */
const fewest = 10;
/** Below it the mean over all customers has hardly an end, above it customers do not differ. */
const [leastQ, mostSize] = [1.001, 1e6];

/**
 * Gamma-gamma: what customers spend on a day varies about means of their own, which vary too, by maximum likelihood.
 *
 *     a day's spending ~ Gamma(p, nu), nu ~ Gamma(q, v);   E[mean | x, m] = p (v + x m) / (p x + q - 1)
 *
 * The few purchases of a customer are drawn to the mean of all. It takes what one spends and how often one buys for independent:
 * `correlation` says how far that holds, and `doubts` where it does not. Refunds are not taken off.
 *
 * @param history - With money; 10 customers or more came back and spent more than 0. The first purchase does not count.
 * @returns The model.
 * @throws RangeError when there is no money, too few such customers, or the likelihood rises without end: then the model does not
 *   apply.
 * @see Fader and Hardie, "The Gamma-Gamma Model of Monetary Value" (2013)
 * @example
 * const orders = parseTable(csvText, { Customer: idColumn(), Time: timeColumn(), Quantity: countColumn(), UnitPrice: moneyColumn() });
 * const columns = { customer: 'Customer', time: 'Time', pieces: 'Quantity', money: 'UnitPrice' } as const;
 * const history = await customerHistory(orders, columns);
 * const spending = await gammaGamma(history);
 * (await spending.expectedMoney(history)).every((money) => money > 0); // true
 */
export async function gammaGamma(history: CustomerHistory, options: SpendingOptions = {}): Promise<SpendingModel> {
  const where = 'gammaGamma';
  requireOptions(where, options, { signal: true });
  const pause = pauseFor(where, options.signal);
  requireHistory(where, history);
  const spenders = spendersOf(history, requireSpending(where, history));
  if (spenders.length < fewest) {
    refuse(where, 'history', `have ${fewest} customers or more whose repeat purchases brought money`, spenders.length);
  }
  const found = await likeliest(spenders, pause);
  const [p, q, v] = found.point.map(Math.exp);
  requireLikelihood(where, found);
  requireApplies(where, p!, q!, v!);
  const populationMean = (p! * v!) / (q! - 1);
  const correlation = correlationOf(spenders);
  const parameters = estimatesOf(['p', 'q', 'v'], found);
  return {
    name: 'gamma-gamma',
    customers: spenders.length,
    parameters,
    logLikelihood: -found.value,
    mean: populationMean,
    correlation,
    doubts: [...doubtsOf(correlation), ...flatness(parameters)],
    expectedMoney: async (others, { signal, ...rest } = {}) => {
      requireOptions('expectedMoney', rest, {});
      const pauseEach = pauseFor('expectedMoney', signal);
      requireHistory('expectedMoney', others);
      const { mean: means } = requireSpending('expectedMoney', others);
      const expected = new Float64Array(others.length).fill(populationMean);
      for (let row = 0; row < others.length; row += 1) {
        if (row % 2 ** 12 === 0) await pauseEach();
        const x = others.frequency[row]!;
        if (x > 0 && means[row]! > 0) expected[row] = (p! * (v! + x * means[row]!)) / (p! * x + q! - 1);
      }
      return expected;
    },
  };
}

function requireSpending(where: string, { spending, length }: CustomerHistory): CustomerSpending {
  if (spending?.mean.length !== length) {
    refuse(where, 'history', 'know what customers spent: give customerHistory a column of `money`', spending);
  }
  return spending;
}

function spendersOf({ frequency }: CustomerHistory, { mean: means }: CustomerSpending): Spender[] {
  return Array.from(frequency, (x, row) => ({ x, money: means[row]! })).filter(({ x, money }) => x > 0 && money > 0);
}

// Money is counted in its largest amount, so that the search is the same in any currency; v and the likelihood are brought back.
async function likeliest(spenders: readonly Spender[], pause: () => Promise<void>): Promise<Minimum> {
  const unit = spenders.reduce((most, { money }) => Math.max(most, money), 0);
  const counted = spenders.map(({ x, money }) => ({ x, money: money / unit }));
  const lossAt = async (logs: Float64Array) => {
    const [p, q, v] = logs.map(Math.exp);
    let sum = 0;
    for (let row = 0; row < counted.length; row += 1) {
      if (row % 2 ** 9 === 0) await pause();
      sum -= logLikelihoodOf(counted[row]!, p!, q!, v!);
    }
    return Number.isNaN(sum) ? Number.POSITIVE_INFINITY : sum;
  };
  const { point, value, ...rest } = await minimise(lossAt, startsOf(counted));
  const [p, q, v] = point;
  const logUnit = Math.log(unit);
  return { point: Float64Array.of(p!, q!, v! + logUnit), value: value + spenders.length * logUnit, ...rest };
}

// Powers as one quotient each: apart they have no digits left where p is large.
function logLikelihoodOf({ x, money }: Spender, p: number, q: number, v: number): number {
  const shape = p * x;
  const paid = x * money;
  const powers = q * Math.log(v / (v + paid)) - shape * Math.log1p(v / paid) - Math.log(money);
  return logRising(shape, q) - logGamma(q) + powers;
}

function startsOf(spenders: readonly Spender[]): Float64Array[] {
  const centre = mean(spenders.map(({ money }) => money));
  const shapes = [
    [2, 3],
    [6, 4],
    [0.7, 2],
  ] as const;
  return shapes.map(([p, q]) => Float64Array.of(Math.log(p), Math.log(q), Math.log((centre * (q - 1)) / p)));
}

function requireApplies(where: string, p: number, q: number, v: number): void {
  const rule = 'show spending to which gamma-gamma applies';
  const shown = `p = ${p.toExponential(1)}, q = ${q.toExponential(1)}, v = ${v.toExponential(1)}`;
  if (q < leastQ) refuse(where, 'history', rule, `no mean over all customers, which takes q > 1: ${shown}`);
  if (p > mostSize || q > mostSize) {
    refuse(
      where,
      'history',
      rule,
      `the likelihood rises until ${p > q ? 'days' : 'customers'} do not differ: ${shown}`,
    );
  }
}

function correlationOf(spenders: readonly Spender[]): Estimate {
  const often = spenders.map(({ x }) => Math.log(x));
  const much = spenders.map(({ money }) => Math.log(money));
  const [middle, centre] = [mean(often), mean(much)];
  const together = mean(often.map((value, row) => (value - middle) * (much[row]! - centre)));
  const spread = Math.sqrt(variance(often) * variance(much)) * ((spenders.length - 1) / spenders.length);
  if (!(spread > 0)) return { value: Number.NaN };
  const value = Math.max(-1, Math.min(1, together / spread));
  const reach = upperNormal / Math.sqrt(spenders.length - 3);
  return { value, interval: [Math.tanh(Math.atanh(value) - reach), Math.tanh(Math.atanh(value) + reach)] };
}

/** A correlation that nobody calls none. */
const notable = 0.3;

function doubtsOf({ value }: Estimate): string[] {
  if (!(Math.abs(value) > notable)) return [];
  const how = value > 0 ? 'more' : 'less';
  return [
    `Who buys often spends ${how} on a day (correlation ${value.toFixed(2)}): the model takes the two for independent.`,
  ];
}
