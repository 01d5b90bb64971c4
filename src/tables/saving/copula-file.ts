import { refuseFile } from '../../internal/file-fault.js';
import { piecemeal } from '../../internal/pieces.js';
import type { Document } from '../../saving/document/document.js';
import { requireIndicesBelow, tensorOf } from '../../saving/document/reader.js';
import { type CodedTableColumn, stateShares } from '../coding/table-coding.js';
import { copulaDistribution } from '../copula/copula-distribution.js';
import { type LatentColumn, latentColumn } from '../copula/latent-column.js';
import { leastEigenvalue, leastEigenvalueOf } from '../copula/latent-correlations.js';
import type { RowDistribution } from '../model-of-rows.js';

type Pause = () => Promise<void>;

/** Reads a Gaussian copula: the order of each column's states, and correlations that go together. */
export async function readCopula(
  file: Document,
  columns: readonly CodedTableColumn[],
  pause: Pause,
): Promise<RowDistribution> {
  const latent: LatentColumn[] = [];
  for (const [place, column] of columns.entries()) latent.push(await readLatent(file, place, column, pause));
  const correlations = tensorOf(file, 'correlations', Float64Array, [columns.length, columns.length]);
  await requireCorrelations(correlations, columns.length, pause);
  return copulaDistribution(columns, latent, correlations);
}

// Its thresholds follow from how many rows each state has.
async function readLatent(
  file: Document,
  place: number,
  { states }: CodedTableColumn,
  pause: Pause,
): Promise<LatentColumn> {
  const count = states.offsets.length - 1;
  const order = tensorOf(file, `orders/${place}`, Int32Array, [count]);
  requireIndicesBelow(`orders/${place}`, order, count);
  const isThere = new Uint8Array(count);
  for (const state of order) isThere[state] = 1;
  if (isThere.includes(0)) refuseFile(`hold each state once in 'orders/${place}'`, `none of ${isThere.indexOf(0)}`);
  const rows = states.counts.reduce((sum, each) => sum + each, 0);
  const shares = await piecemeal(stateShares(states, rows), pause);
  return piecemeal(latentColumn(Uint32Array.from(order), shares), pause);
}

async function requireCorrelations(correlations: Float64Array, size: number, pause: Pause): Promise<void> {
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      const [one, other] = [correlations[row * size + column]!, correlations[column * size + row]!];
      const fits = row === column ? one === 1 : Math.abs(one) < 1 && one === other;
      if (!fits) refuseFile("hold correlations in 'correlations'", one);
    }
    await pause();
  }
  // Rounding takes some of the least.
  const least = await leastEigenvalueOf(correlations, size, pause);
  if (!(least > leastEigenvalue / 2)) refuseFile("hold correlations that go together in 'correlations'", least);
}
