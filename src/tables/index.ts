export * from '../random/index.js';
export { bootstrapRows } from './bootstrap-rows.js';
export { independentColumns } from './independent-columns.js';
export { type CompareTablesOptions, compareTables } from './judging/compare-tables.js';
export type { ColumnScore, PairScore, TableComparison, TableScore } from './judging/table-comparison.js';
export type { ClassesTrial } from './mixture/choose-classes.js';
export type { MixtureProgress } from './mixture/fit-mixture.js';
export {
  type LatentClassMixture,
  type LatentClassOptions,
  latentClassMixture,
} from './mixture/latent-class-mixture.js';
export {
  type DecodeTableModelOptions,
  decodeTableModel,
  encodeTableModel,
} from './saving/table-model-file.js';
export type {
  CellCondition,
  NumberRange,
  RowConditions,
  SampleRowsOptions,
  StopOptions,
  TableGenerator,
  TableModel,
  TableModelOptions,
  TableRow,
} from './table-model.js';
