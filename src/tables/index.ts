export * from '../privacy/index.js';
export * from '../random/index.js';
export { bootstrapRows } from './bootstrap-rows.js';
export { type GaussianCopula, gaussianCopula } from './copula/gaussian-copula.js';
export type { TableGan, TableGanOptions } from './gan/table-gan-options.js';
export type { TableGanPrivacy } from './gan/table-gan-privacy.js';
export { trainTableGan } from './gan/train-table-gan.js';
export type { ImputeProgress } from './imputing/fill-gaps.js';
export { type ImputeTableOptions, imputeTable } from './imputing/impute-table.js';
export { independentColumns } from './independent-columns.js';
export { type CompareTablesOptions, compareTables } from './judging/compare-tables.js';
export {
  type SdmetricsQuality,
  type SdmetricsQualityOptions,
  sdmetricsQuality,
} from './judging/compatible/sdmetrics-quality.js';
export {
  type Detection,
  type DetectorScore,
  type DetectVirtualOptions,
  detectVirtual,
} from './judging/detecting/detect-virtual.js';
export {
  type Membership,
  type TestMembershipOptions,
  testMembership,
} from './judging/nearness/test-membership.js';
export { formatVerdict } from './judging/report/format-verdict.js';
export { type JudgeTableOptions, judgeTable } from './judging/report/judge-table.js';
export type { TableVerdict, VerdictName, VerdictProgress, VerdictScore } from './judging/report/table-verdict.js';
export type { ColumnScore, PairScore, TableComparison, TableScore } from './judging/table-comparison.js';
export type { PredictionMeasure } from './judging/training/prediction-task.js';
export type { PredictionTarget } from './judging/training/target.js';
export {
  type PredictionScore,
  type TrainOnVirtualOptions,
  trainOnVirtual,
  type VirtualTraining,
} from './judging/training/train-on-virtual.js';
export type { ClassesTrial } from './mixture/choose-classes.js';
export type { MixtureProgress } from './mixture/fit-mixture.js';
export {
  type LatentClassMixture,
  type LatentClassOptions,
  latentClassMixture,
} from './mixture/latent-class-mixture.js';
export {
  type ConditionalNetwork,
  type ConditionalNetworkOptions,
  conditionalNetwork,
  type NetworkValidation,
} from './network/conditional-network.js';
export type { NetworkReport } from './network/fit-network.js';
export {
  type PrivateMixture,
  type PrivateMixtureOptions,
  type PrivateMixtureProgress,
  privateMixture,
} from './private/private-mixture.js';
export type { PublicColumns, PublicIds, PublicNumbers } from './private/public-columns.js';
export {
  type DecodeTableModelOptions,
  decodeTableModel,
  encodeTableModel,
} from './saving/table-model-file.js';
export type {
  CellCondition,
  NoColumns,
  NumberRange,
  RowConditions,
  SampleRowsOptions,
  StopOptions,
  TableGenerator,
  TableModel,
  TableModelOptions,
  TableRow,
} from './table-model.js';
