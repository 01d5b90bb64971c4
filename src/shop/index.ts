export * from '../random/index.js';
export type {
  AdversarialRecommenderOptions,
  AdversarialRecommenderSettings,
} from './adversarial/adversarial-options.js';
export {
  type AdversarialRecommenderResult,
  trainAdversarialRecommender,
} from './adversarial/train-adversarial-recommender.js';
export { formatOrders } from './simulator/format-orders.js';
export type { ShopCountry, ShopSettings, SimulateShopOptions } from './simulator/shop-options.js';
export { simulateShop } from './simulator/simulate-shop.js';
export type {
  ShopCategories,
  ShopItems,
  ShopOrders,
  ShopPrices,
  ShopPromotion,
  ShopUsers,
  SimulatedShop,
} from './simulator/simulated-shop.js';
export type { DayWindow } from './simulator/truth/day-window.js';
export { expectedPurchases } from './simulator/truth/expected-purchases.js';
export { type ItemDemand, itemDemand } from './simulator/truth/item-demand.js';
export { type TrueRecommenderOptions, trueRecommender } from './simulator/truth/true-recommender.js';
