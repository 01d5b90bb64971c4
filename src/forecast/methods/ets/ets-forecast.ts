import { requireOptions } from '../../../internal/options.js';
import { piecemeal } from '../../../internal/pieces.js';
import { refuse, requireFilled, requireOneOf, requireWholeNumber } from '../../../internal/require.js';
import { eachSeries, type ForecastMethod, type SeriesForecast } from '../../forecast-method.js';
import { aboutMean } from '../naive-forecast.js';
import type { EtsParts } from './ets-model.js';
import { type EtsChoice, fitEts, hasRoom } from './ets-search.js';

/** A model of exponential smoothing: error, trend and season, each none (N), additive (A) or additive and damped (Ad). */
export type EtsModel = 'ANN' | 'AAN' | 'AAdN' | 'ANA' | 'AAA' | 'AAdA';

/** Options of {@link etsForecast}. */
export interface EtsForecastOptions {
  /** Periods of a season, from 2 to 60: 7 of days, 12 of months. Default: no season. */
  readonly season?: number;
  /** The models to choose among. Default: `'ANN'` and `'AAdN'`, and with a season `'ANA'` and `'AAdA'`. */
  readonly models?: readonly EtsModel[];
}

/**
 * Exponential smoothing as a family: level, trend and season that follow sales, each product by the model that fits it best.
 *
 * Errors are additive and normal. Smoothings are those of greatest likelihood within the usual bounds, the first state is found
 * exactly by regression, and of the models the one of lowest AICc is taken; models for which a series is too short are left out.
 *
 * A trend that does not fade (`'AAN'`, `'AAA'`) is not among the defaults: over longer horizons it runs away.
 *
 * @returns The method; means below 0 are 0. A product too short for all models is forecast by its mean, and `doubtful`.
 * @throws RangeError when an option is out of range, or models need a season and there is none.
 * @see Hyndman, Koehler, Ord and Snyder, "Forecasting with Exponential Smoothing" (2008)
 * @example
 * const tea = Array.from({ length: 28 }, (_, day) => (day % 7 === 5 ? 9 : 2));
 * const sales = createPeriodSales({ tea }, { period: 'day' });
 * const forecast = await forecastSales(sales, { method: etsForecast({ season: 7 }), horizon: 7 });
 * forecast.mean('tea').map(Math.round); // [2, 2, 2, 2, 2, 9, 2]
 */
export function etsForecast(options: EtsForecastOptions = {}): ForecastMethod {
  const models = readModels(options);
  const name = options.models?.length === 1 ? `ETS (${options.models[0]})` : 'ETS';
  return eachSeries(name, async (series, horizon, pause) => {
    let best: EtsChoice | undefined;
    for (const parts of models) {
      if (!hasRoom(series, parts)) continue;
      const found = await piecemeal(fitEts(series, parts), pause);
      if (best === undefined || found.criterion < best.criterion) best = found;
    }
    return best ? ahead(best, series.length, horizon) : { ...aboutMean(series, horizon), isTooShort: true };
  });
}

function readModels(options: EtsForecastOptions): EtsParts[] {
  const where = 'etsForecast';
  requireOptions(where, options, { season: true, models: true });
  const { season, models = season === undefined ? ['ANN', 'AAdN'] : ['ANN', 'AAdN', 'ANA', 'AAdA'] } = options;
  if (season !== undefined) requireWholeNumber(where, 'season', season, 2, 60);
  if (!Array.isArray(models)) refuse(where, 'models', 'be an array of models', models);
  requireFilled(where, 'models', models);
  return models.map((model: EtsModel) => {
    requireOneOf(where, 'models', Object.keys(trendOf), model);
    const isSeasonal = model.endsWith('A');
    if (isSeasonal && season === undefined) refuse(where, 'season', `be given with '${model}'`, season);
    return { trend: trendOf[model], season: isSeasonal ? season! : 1 };
  });
}

const trendOf: Readonly<Record<EtsModel, EtsParts['trend']>> = {
  ANN: 'none',
  AAN: 'linear',
  AAdN: 'damped',
  ANA: 'none',
  AAA: 'linear',
  AAdA: 'damped',
};

function ahead(
  { smoothing, state, squares, parts, fitted }: EtsChoice,
  length: number,
  horizon: number,
): SeriesForecast {
  const square = squares / Math.max(1, length - fitted);
  const [means, variances, totals]: number[][] = [[], [], []];
  let [drift, fading, variance, reach, total] = [0, 1, square, 1, 0];
  for (let step = 0; step < horizon; step += 1) {
    // An error moves the period `step` behind its own by so much, and all up to there by `reach`.
    const moves = step === 0 ? 0 : moveAt(smoothing, parts.season, step);
    if (step > 0) {
      variance += square * moves ** 2;
      reach += moves;
    }
    total += square * reach ** 2;
    fading *= smoothing.damping;
    drift += fading;
    means.push(state[0]! + drift * state[1]! + state[2 + (step % parts.season)]!);
    variances.push(variance);
    totals.push(total);
  }
  return { means, variances, totals };
}

function moveAt({ level, trend, season, damping }: EtsChoice['smoothing'], periods: number, step: number): number {
  const drifts = damping === 1 ? step : (damping * (1 - damping ** step)) / (1 - damping);
  return level + trend * drifts + (periods > 1 && step % periods === 0 ? season : 0);
}
