import type { Document } from '../../saving/document/document.js';
import type { CodedTableColumn } from '../coding/table-coding.js';
import type { DistributionState, RowDistribution } from '../model-of-rows.js';
import { readCopula } from './copula-file.js';
import { readMixture } from './mixture-file.js';

/** Makes the rows of one kind of model again, from a file and the columns in it. */
type ReadDistribution = (
  file: Document,
  columns: readonly CodedTableColumn[],
  pause: () => Promise<void>,
) => Promise<RowDistribution>;

/** What reads each kind, by the `kind` of its state: a kind of this library is one file and one line here. */
export const savedKinds: Readonly<Record<DistributionState['kind'], ReadDistribution>> = {
  copula: readCopula,
  mixture: readMixture,
  // Who reads other kinds pays for no network.
  network: async (...given) => (await import('./network-file.js')).readNetwork(...given),
};
