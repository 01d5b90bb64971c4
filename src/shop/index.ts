export * from '../random/index.js';
export type { AdversarialRecommenderOptions } from './adversarial/adversarial-options.js';
export { trainAdversarialRecommender } from './adversarial/train-adversarial-recommender.js';
export { bootstrapCustomers } from './customers/bootstrap-customers.js';
export { type CompareOrdersOptions, compareOrders, type OrderComparison } from './customers/compare-orders.js';
export type {
  CustomerGenerator,
  CustomerReport,
  OrderColumns,
  SampleCustomersOptions,
} from './customers/customer-options.js';
export { type VirtualCustomersOptions, virtualCustomers } from './customers/virtual-customers.js';
export {
  type DecisionRegret,
  type DecisionRegretOptions,
  decisionRegret,
  type SourceRegret,
} from './decisions/decision-regret.js';
export type { LearnPolicy, StockRules } from './decisions/replay-costs.js';
export { blockBootstrap } from './demand/block-bootstrap.js';
export {
  type CompareDemandOptions,
  compareDemand,
  type DemandComparison,
  type DistanceScore,
  type ProductScores,
} from './demand/compare-demand.js';
export type { DailyDemand } from './demand/daily-demand.js';
export {
  type DemandByDayOptions,
  type DemandReport,
  demandByDay,
  type RecordedDemand,
} from './demand/demand-by-day.js';
export type { DemandGenerator, SampleDaysOptions } from './demand/demand-generator.js';
export { type IndependentDays, independentDays } from './demand/independent-days.js';
export { type DemandModel, type LearnDemandOptions, learnDemand } from './demand/learn-demand.js';
export type { Promotion } from './demand/learning/promotions.js';
export type { DailyPrices } from './demand/prices-by-day.js';
export { type LearnPriceResponseOptions, learnPriceResponse } from './prices/learn-price-response.js';
export type {
  JointPriceProblemOptions,
  PriceProblemOptions,
  PriceResponses,
  PriceVerdict,
  ProductPriceResponse,
} from './prices/price-responses.js';
export { formatOrders } from './simulator/format-orders.js';
export type { ShopSettings, SimulateShopOptions } from './simulator/shop-options.js';
export { simulateShop } from './simulator/simulate-shop.js';
export type { SimulatedShop } from './simulator/simulated-shop.js';
export type { DayWindow } from './simulator/truth/day-window.js';
export { expectedPurchases } from './simulator/truth/expected-purchases.js';
export { itemDemand } from './simulator/truth/item-demand.js';
export { trueRecommender } from './simulator/truth/true-recommender.js';
