export { buildSasRec, type SasRecConfig } from './build-sas-rec.js';
export type { SasRecModel, SasRecSettings } from './sas-rec-model.js';
