import { refuseFile } from '../../internal/file-fault.js';
import type { Document } from '../../saving/document/document.js';
import { tensorOf } from '../../saving/document/reader.js';
import { furthest, requireReach } from '../../saving/models/require-reach.js';
import type { CodedTableColumn } from '../coding/table-coding.js';
import type { RowDistribution } from '../model-of-rows.js';
import { networkDistribution } from '../network/network-distribution.js';
import { type NetworkPlan, weightShapes } from '../network/network-plan.js';

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
  const [embeddings, ...layers] = weights;
  await requireReach(furthest(embeddings!), layers, pause);
  return networkDistribution(plan, weights);
}
