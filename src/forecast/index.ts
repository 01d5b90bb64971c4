export * from '../random/index.js';
export type { Forecast } from './forecast.js';
export {
  type ForecastErrors,
  type ForecastMethod,
  type ForecastNumbers,
  type ForecastQuantiles,
  type ForecastSeries,
  type SeriesForecast,
  seriesForecast,
} from './forecast-method.js';
export { type ForecastSalesOptions, forecastSales } from './forecast-sales.js';
export { type BoostedForecastOptions, boostedForecast } from './global/boosted-forecast.js';
export type { ForecastHead } from './global/forecast-heads.js';
export { networkForecast } from './global/network-forecast.js';
export type { NetworkForecastOptions, NetworkForecastProgress } from './global/network-options.js';
export type { KnownAhead } from './global/sales-features.js';
export { type GroupOf, groupSales } from './hierarchy/group-sales.js';
export { type ReconciledForecastOptions, reconciledForecast } from './hierarchy/reconciled-forecast.js';
export { type ForecastSums, sumForecast } from './hierarchy/sum-forecast.js';
export { type TopDownForecastOptions, topDownForecast } from './hierarchy/top-down-forecast.js';
export { type BacktestOptions, type BacktestProgress, backtest } from './judging/backtest.js';
export type { Backtest, MethodScores } from './judging/backtest-report.js';
export { type ConformalForecastOptions, conformalForecast } from './judging/conformal-forecast.js';
export {
  type LearnedForecastMethod,
  type LearnForecastMethodOptions,
  learnForecastMethod,
} from './learned/learned-method.js';
export { adidaForecast, imapaForecast } from './methods/adida-forecast.js';
export { type CrostonForecastOptions, crostonForecast, sbaForecast } from './methods/croston-forecast.js';
export { type EtsForecastOptions, type EtsModel, etsForecast } from './methods/ets/ets-forecast.js';
export { meanForecast } from './methods/mean-forecast.js';
export { naiveForecast, seasonalNaiveForecast, zeroForecast } from './methods/naive-forecast.js';
export { type SesForecastOptions, sesForecast } from './methods/ses-forecast.js';
export { thetaForecast } from './methods/theta-forecast.js';
export { type TsbForecastOptions, tsbForecast } from './methods/tsb-forecast.js';
export { decodeForecastMethod, encodeForecastMethod } from './saving/forecast-method-file.js';
export type { Period } from './series/calendar.js';
export { type CreatePeriodSalesOptions, createPeriodSales, type PeriodSales } from './series/period-sales.js';
export {
  type PeriodSalesReport,
  type RecordedSales,
  type SalesByPeriodOptions,
  salesByPeriod,
} from './series/sales-by-period.js';
export type { ForecastCosts, MethodCosts } from './stock/cost-report.js';
export { type ForecastCostsOptions, forecastCosts } from './stock/forecast-costs.js';
