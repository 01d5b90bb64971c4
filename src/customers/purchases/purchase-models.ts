import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireOneOf } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { type CustomerHistory, requireHistory } from '../history/history.js';
import { betaGeometric } from './bg-nbd-process.js';
import { type FittedProcess, fitProcess, flatness, gatherAlike } from './fit-process.js';
import { nbdProcess } from './nbd-process.js';
import { paretoNbdProcess } from './pareto-nbd-process.js';
import { modelOf, type PurchaseModel } from './purchase-model.js';
import type { Limit, PurchaseProcess } from './purchase-process.js';

/** Options of {@link bgNbd}, {@link modifiedBgNbd} and {@link paretoNbd}. */
export interface DropoutModelOptions {
  /**
   * What to do where customers show no dropout, so that the model does not apply: `'refuse'` says so in an error, `'nbd'` gives the
   * model's limit, {@link nbd}, with the reason among its `doubts`. Default `'refuse'`.
   */
  readonly noDropout?: 'refuse' | 'nbd';
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const names: OptionNames<DropoutModelOptions> = { noDropout: true, signal: true };

/**
 * BG/NBD: customers buy at rates of their own until they leave, which they may do behind each purchase but the first, by maximum
 * likelihood.
 *
 *     purchases   Poisson with rate lambda ~ Gamma(r, alpha)
 *     leaves      behind each repeat purchase with probability p ~ Beta(a, b)
 *
 * The fault of this model: a customer who never came back cannot have left, so his P(alive) is 1 however long he was silent. Where
 * many customers bought once, {@link modifiedBgNbd} is the better choice. Rank churn by `probabilityOfNone`, not by P(alive).
 *
 * Everything is computed in logarithms; expected purchases are sums of positive terms, so that many purchases overflow nothing.
 * Customers of whom nobody left drive a / (a + b) to 0 or b beyond all bounds. Where a / (a + b) is below 1e-6, b above 1e6, or the
 * log-likelihood not 2 above that of {@link nbd} (Akaike's criterion for two parameters), the model does not apply: it is refused, or
 * replaced by that limit.
 *
 * @param history - Of customers, 10 or more of whom came back.
 * @param options - What to do where it does not apply.
 * @returns The model.
 * @throws RangeError when the model does not apply, with the reason, or too few customers came back.
 * @see Fader, Hardie and Lee, "Counting Your Customers the Easy Way: An Alternative to the Pareto/NBD Model" (2005)
 * @example
 * const orders = parseTable(csvText, { Customer: idColumn(), Time: timeColumn(), Quantity: countColumn(), UnitPrice: moneyColumn() });
 * const columns = { customer: 'Customer', time: 'Time', pieces: 'Quantity', money: 'UnitPrice' } as const;
 * const history = await customerHistory(orders, columns);
 * const model = await bgNbd(history, { noDropout: 'nbd' });
 * const none = await model.probabilityOfNone(history, { horizon: 4 });
 * none.length === history.length; // true
 */
export async function bgNbd(history: CustomerHistory, options: DropoutModelOptions = {}): Promise<PurchaseModel> {
  return fitWithDropout('bgNbd', betaGeometric('BG/NBD', 0), history, options);
}

/**
 * Modified BG/NBD: as {@link bgNbd}, but customers may leave behind their very first purchase too.
 *
 * So one-time buyers can have left, P(alive) falls the longer they are silent, and it is the first choice of the models here.
 *
 * @param history - Of customers, 10 or more of whom came back.
 * @param options - What to do where it does not apply.
 * @returns The model.
 * @throws RangeError when the model does not apply, with the reason, or too few customers came back.
 * @see Batislam, Denizel and Filiztekin, "Empirical Validation and Comparison of Models for Customer Base Analysis" (2007)
 * @example
 * const orders = parseTable(csvText, { Customer: idColumn(), Time: timeColumn() });
 * const history = await customerHistory(orders, { customer: 'Customer', time: 'Time' });
 * const model = await modifiedBgNbd(history, { noDropout: 'nbd' });
 * const alive = await model.probabilityAlive(history);
 * alive.every((chance) => chance >= 0 && chance <= 1); // true
 */
export async function modifiedBgNbd(
  history: CustomerHistory,
  options: DropoutModelOptions = {},
): Promise<PurchaseModel> {
  return fitWithDropout('modifiedBgNbd', betaGeometric('MBG/NBD', 1), history, options);
}

/**
 * Pareto/NBD: customers buy at rates of their own, and leave at any time, at rates of their own.
 *
 *     purchases   Poisson with rate lambda ~ Gamma(r, alpha)
 *     leaves      at an exponential time with rate mu ~ Gamma(s, beta)
 *
 * The integral over the time of leaving is taken by quadrature, where the usual difference of two 2F1 loses digits.
 *
 * @param history - Of customers, 10 or more of whom came back.
 * @param options - What to do where it does not apply.
 * @returns The model.
 * @throws RangeError when the model does not apply (nobody leaves within the age of the customers, s to 0), with the reason, or too few
 *   customers came back.
 * @see Schmittlein, Morrison and Colombo, "Counting Your Customers: Who Are They and What Will They Do Next?" (1987)
 * @example
 * const orders = parseTable(csvText, { Customer: idColumn(), Time: timeColumn() });
 * const history = await customerHistory(orders, { customer: 'Customer', time: 'Time' });
 * const model = await paretoNbd(history, { noDropout: 'nbd' });
 * model.logLikelihood >= model.logLikelihoodWithoutDropout - 1e-3; // true
 */
export async function paretoNbd(history: CustomerHistory, options: DropoutModelOptions = {}): Promise<PurchaseModel> {
  return fitWithDropout('paretoNbd', paretoNbdProcess(), history, options);
}

/**
 * NBD: customers buy at gamma distributed rates, and nobody ever leaves. The simple rival of the models with dropout, and their limit.
 *
 *     P(x purchases by T) = (r)_x / x! (alpha / (alpha + T))^r (T / (alpha + T))^x
 *
 * The log-likelihood is that of the times, as for the other models: without x! and T^x.
 *
 * @param history - Of customers, 10 or more of whom came back.
 * @returns The model; its P(alive) is 1.
 * @throws RangeError when too few customers came back.
 * @see Ehrenberg, "The Pattern of Consumer Purchases" (1959)
 * @example
 * const orders = parseTable(csvText, { Customer: idColumn(), Time: timeColumn() });
 * const model = await nbd(await customerHistory(orders, { customer: 'Customer', time: 'Time' }));
 * Object.keys(model.parameters); // ['r', 'alpha']
 */
export async function nbd(
  history: CustomerHistory,
  options: {
    /** Stops the work; it then rejects with the signal's reason. */
    readonly signal?: AbortSignal;
  } = {},
): Promise<PurchaseModel> {
  requireOptions('nbd', options, { signal: true });
  const pause = pauseFor('nbd', options.signal);
  requireHistory('nbd', history);
  const customers = await gatherAlike('nbd', history, pause);
  const fitted = await fitProcess('nbd', nbdProcess(), customers, pause);
  const { logLikelihood } = fitted;
  const facts = { history, longest: customers.longest, logLikelihoodWithoutDropout: logLikelihood };
  return modelOf(fitted, { ...facts, doubts: flatness(fitted.estimates) });
}

async function fitWithDropout(
  where: string,
  process: PurchaseProcess,
  history: CustomerHistory,
  options: DropoutModelOptions,
): Promise<PurchaseModel> {
  requireOptions(where, options, names);
  const { noDropout = 'refuse', signal } = options;
  requireOneOf(where, 'noDropout', ['refuse', 'nbd'], noDropout);
  const pause = pauseFor(where, signal);
  requireHistory(where, history);
  const customers = await gatherAlike(where, history, pause);
  const without = await fitProcess(where, nbdProcess(), customers, pause);
  const fitted = await fitProcess(where, process, customers, pause);
  const facts = { history, longest: customers.longest, logLikelihoodWithoutDropout: without.logLikelihood };
  const limit = limitOf(fitted, without, customers.longest);
  if (!limit) return modelOf(fitted, { ...facts, doubts: flatness(fitted.estimates) });
  const rule = `show customers to whom ${process.name} applies`;
  if (limit.kind === 'no return' || noDropout === 'refuse') refuse(where, 'history', rule, limit.reason);
  const reason = `No dropout found: ${limit.reason}. This is NBD, the limit of ${process.name}: nobody leaves.`;
  return modelOf(without, { ...facts, doubts: [reason, ...flatness(without.estimates)] });
}

/** What two parameters more have to add to the log-likelihood by Akaike's criterion. */
const worthTwo = 2;

function limitOf(fitted: FittedProcess, without: FittedProcess, longest: number): Limit | undefined {
  const { process, parameters, logLikelihood } = fitted;
  const limit = process.limit(parameters, longest);
  const gain = logLikelihood - without.logLikelihood;
  if (limit || gain > worthTwo) return limit;
  const reason = `dropout adds ${Math.max(0, gain).toFixed(2)} to the log-likelihood, less than two parameters are worth`;
  return { kind: 'no dropout', reason };
}
