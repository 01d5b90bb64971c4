import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requireWholeNumber } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { type ForecastMethod, requireMethod } from '../forecast-method.js';
import { mostAhead } from '../forecast-sales.js';
import { type PeriodSales, requireSales } from '../series/period-sales.js';
import type { LearnedGround } from './learned-ground.js';

/** A method that has learned already: it forecasts at once, and learns nothing more. Made by {@link learnForecastMethod}. */
export interface LearnedForecastMethod extends ForecastMethod {
  /** Periods ahead that it learned of: it forecasts as many, or fewer. */
  readonly horizon: number;
  /** The products that it learned of. */
  readonly products: Vocabulary;
}

/** What a kind of learned method knows, for files. */
export interface ForecastMethodState {
  /** By which a file is read. */
  readonly kind: 'network' | 'trees';
  readonly ground: LearnedGround;
  /** What the numbers are, in plain JSON. */
  readonly description: object;
  readonly tensors: Readonly<Record<string, SafetensorInput>>;
}

/** A learned method of this library. */
export interface SavedForecastMethod extends LearnedForecastMethod {
  readonly state: () => ForecastMethodState;
}

/** A method whose learning takes long. */
interface LearningMethod extends ForecastMethod {
  learn(sales: PeriodSales, work: Parameters<ForecastMethod['forecast']>[1]): Promise<LearnedForecastMethod>;
}

/** Options of {@link learnForecastMethod}. */
export interface LearnForecastMethodOptions {
  /** What learns: `networkForecast()` or `boostedForecast()`. */
  readonly method: ForecastMethod;
  /** Most periods ahead that will be asked for, from 1 to 1,000. */
  readonly horizon: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const names: OptionNames<LearnForecastMethodOptions> = { method: true, horizon: true, signal: true };

/**
 * Learns once what a method takes long to learn, so that later forecasts take no longer than those of simple methods.
 *
 * What comes back is a method as others are: with the same sales it forecasts what `method` would have, to the bit; with sales that have gone on
 * it looks at the new periods, but learns nothing from them. A product that it did not learn of is forecast as a mean one, and is
 * `doubtful`. Sales that end before those that it learned from are refused: it would be asked about what it knows, and a {@link backtest}
 * would take that for skill.
 *
 * @param sales - Sales by period.
 * @returns The method, of plain numbers: nothing is to be disposed. {@link encodeForecastMethod} puts it into a file.
 * @throws RangeError for a method that learns nothing beforehand, such as `sesForecast()`, which looks at each series anew, and when an option
 *   is wrong.
 * @example
 * const series = Object.fromEntries(Array.from({ length: 20 }, (_, p) => [`p${p}`, Array.from({ length: 40 }, (_, t) => (t * (p + 3)) % 5)]));
 * const sales = createPeriodSales(series);
 * const method = await learnForecastMethod(sales, { method: boostedForecast({ rounds: 20 }), horizon: 2 });
 * const forecast = await forecastSales(sales, { method, horizon: 2 });
 * forecast.mean('p1').every((mean) => mean > 0 && mean < 5); // true
 */
export async function learnForecastMethod(
  sales: PeriodSales,
  options: LearnForecastMethodOptions,
): Promise<LearnedForecastMethod> {
  const where = 'learnForecastMethod';
  requireGivenOptions(where, options, names);
  const { method, horizon, signal } = options;
  const pause = pauseFor(where, signal);
  requireSales(where, sales);
  requireMethod(where, 'method', method);
  if (!learns(method))
    refuse(where, 'method', 'be one that learns beforehand: networkForecast(), boostedForecast()', method);
  requireWholeNumber(where, 'horizon', horizon, 1, mostAhead);
  return method.learn(sales, { horizon, pause });
}

/** A method that learns anew whenever it is asked, or once by {@link learnForecastMethod}. */
export function learningMethod(name: string, learn: LearningMethod['learn']): ForecastMethod & LearningMethod {
  return { name, learn, forecast: async (sales, work) => (await learn(sales, work)).forecast(sales, work) };
}

/** Whether a method is a learned one of this library. */
export function isSavedMethod(method: unknown): method is SavedForecastMethod {
  return typeof (method as Partial<SavedForecastMethod> | undefined)?.state === 'function';
}

function learns(method: ForecastMethod): method is LearningMethod {
  return typeof (method as Partial<LearningMethod>).learn === 'function';
}
