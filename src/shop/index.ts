export * from '../random/index.js';
export type {
  AdversarialRecommenderOptions,
  AdversarialRecommenderSettings,
} from './adversarial/adversarial-options.js';
export {
  type AdversarialRecommenderResult,
  trainAdversarialRecommender,
} from './adversarial/train-adversarial-recommender.js';
export type { DayWindow } from './day-window.js';
export { expectedPurchases } from './expected-purchases.js';
export { formatOrders } from './format-orders.js';
export { type ItemDemand, itemDemand } from './item-demand.js';
export type { ShopCountry, ShopSettings, SimulateShopOptions } from './shop-options.js';
export { simulateShop } from './simulate-shop.js';
export type {
  ShopCategories,
  ShopItems,
  ShopOrders,
  ShopPrices,
  ShopPromotion,
  ShopUsers,
  SimulatedShop,
} from './simulated-shop.js';
export { type TrueRecommenderOptions, trueRecommender } from './true-recommender.js';
