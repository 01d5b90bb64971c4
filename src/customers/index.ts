export { type CalibrateChurnOptions, calibrateChurn } from './calibration/calibrate-churn.js';
export {
  type CalibrateOptions,
  type CalibrationReport,
  type ChanceScore,
  calibrateScores,
} from './calibration/calibrate-scores.js';
export { calibratedChurn } from './calibration/calibrated-churn.js';
export type { Calibration, CalibrationState, FitCalibration, ScalingOptions } from './calibration/calibration.js';
export { decodeCalibration, encodeCalibration } from './calibration/calibration-file.js';
export { isotonicScaling } from './calibration/isotonic-scaling.js';
export { plattScaling } from './calibration/platt-scaling.js';
export type { CalibrationRow, ChurnScore } from './churn/calibration.js';
export type { ChurnCategory } from './churn/churn-categories.js';
export type { ChurnFeature } from './churn/churn-features.js';
export type {
  ChurnExplanation,
  ChurnModel,
  ChurnOptions,
  LearnChurn,
  LearnedFuture,
  Rescore,
} from './churn/churn-model.js';
export {
  type ChurnComparison,
  type ChurnProgress,
  type CompareChurnOptions,
  compareChurn,
} from './churn/compare-churn.js';
export { type LogisticChurnOptions, logisticChurn } from './churn/logistic-churn.js';
export { type NetworkChurnOptions, networkChurn } from './churn/network-churn.js';
export { type PurchaseChurnOptions, purchaseChurn } from './churn/purchase-churn.js';
export { type TreeChurnOptions, treeChurn } from './churn/tree-churn.js';
export { customerHistory } from './history/customer-history.js';
export type {
  CustomerCategory,
  CustomerFuture,
  CustomerHistory,
  CustomerSpending,
  LabelledHistory,
} from './history/history.js';
export type { CustomerHistoryOptions, TimeUnit } from './history/history-options.js';
export { splitCustomers } from './history/split-customers.js';
export { gammaGamma, type SpendingModel, type SpendingOptions } from './purchases/gamma-gamma.js';
export type { PurchaseModel, PurchaseOptions } from './purchases/purchase-model.js';
export { bgNbd, type DropoutModelOptions, modifiedBgNbd, nbd, paretoNbd } from './purchases/purchase-models.js';
export {
  type CustomerSegment,
  type CustomerSegments,
  type CustomerSegmentsOptions,
  customerSegments,
  type GroupingScore,
  type SegmentExplanation,
} from './segments/customer-segments.js';
export type { SegmentProfile } from './segments/segment-words.js';
