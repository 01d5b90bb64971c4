import { refuseFile } from '../../internal/file-fault.js';
import { largestWeight } from '../../internal/finite.js';
import type { Document } from '../../saving/document/document.js';
import { tensorOf } from '../../saving/document/reader.js';
import type { CodedTableColumn } from '../coding/table-coding.js';
import type { RowDistribution } from '../model-of-rows.js';
import { networkDistribution } from '../network/network-distribution.js';
import { type NetworkPlan, type NetworkWeights, weightShapes } from '../network/network-plan.js';

/** Reads a conditional network. Its weights are finite as all numbers of a file; what it says of cells must be so too. */
export async function readNetwork(
  file: Document,
  columns: readonly CodedTableColumn[],
  pause: () => Promise<void>,
): Promise<RowDistribution> {
  const settings = file.description.part('model');
  const embeddingSize = settings.whole('embeddingSize', 1, 2 ** 32 - 1);
  const hidden = settings.wholes('hidden');
  if (hidden.length === 0 || hidden.some((units) => units < 1)) refuseFile('hold layers of one unit or more', hidden);
  const sizes = columns.map(({ base, states }) => ({ base, states: states.offsets.length - 1 }));
  const states = sizes.reduce((sum, column) => sum + column.states, 0);
  const plan: NetworkPlan = { columns: sizes, states, embeddingSize, hidden };
  const weights = weightShapes(plan).map((shape, place) =>
    tensorOf(file, `weights/${place}`, Float32Array, shape as number[]),
  );
  await requireReach(weights, pause);
  return networkDistribution(plan, weights);
}

// How far from 0 a unit can be: its bias and the weights before it, each times how far what it takes can be.
async function requireReach([embeddings, ...layers]: NetworkWeights, pause: () => Promise<void>): Promise<void> {
  let reach = greatest(embeddings!);
  for (let place = 0; place < layers.length; place += 2) {
    const [kernel, bias] = [layers[place]!, layers[place + 1]!];
    const sums = Float64Array.from(bias, Math.abs);
    for (let from = 0; from < kernel.length; from += sums.length) {
      for (let unit = 0; unit < sums.length; unit += 1) sums[unit]! += reach * Math.abs(kernel[from + unit]!);
      if ((from / sums.length) % 64 === 0) await pause();
    }
    reach = greatest(sums);
  }
  if (!(reach <= largestWeight)) refuseFile('hold weights under which what it says of cells is finite', reach);
}

function greatest(values: Float32Array | Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
