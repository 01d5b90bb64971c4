export type { DayWindow } from './day-window.js';
export { expectedPurchases } from './expected-purchases.js';
export { itemDemand, type ItemDemand } from './item-demand.js';
export { ordersToCsv } from './orders-to-csv.js';
export type { ShopCountry, ShopSettings, SimulateShopOptions } from './shop-options.js';
export { simulateShop } from './simulate-shop.js';
export type { ShopCategories, ShopItems, ShopOrders, ShopPrices, ShopPromotion, ShopUsers, SimulatedShop } from './simulated-shop.js';
export { trueRecommender, type TrueRecommenderOptions } from './true-recommender.js';
