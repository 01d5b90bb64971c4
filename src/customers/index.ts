export { customerHistory } from './history/customer-history.js';
export type { CustomerFuture, CustomerHistory, CustomerSpending } from './history/history.js';
export type { CustomerHistoryOptions, TimeUnit } from './history/history-options.js';
export { gammaGamma, type SpendingModel, type SpendingOptions } from './purchases/gamma-gamma.js';
export type { PurchaseModel, PurchaseOptions } from './purchases/purchase-model.js';
export { bgNbd, type DropoutModelOptions, modifiedBgNbd, nbd, paretoNbd } from './purchases/purchase-models.js';
