import { refuseFile } from '../../../internal/file-fault.js';
import { movableTable } from '../../../nn/embedding/models/movable-table.js';
import { roomOf, sequenceNetworkLength } from '../../../nn/sequences/network/sequence-network.js';
import { planSequence } from '../../../nn/sequences/network/sequence-plan.js';
import { mostNumbers, type SasRecSettings } from '../../../nn/sequences/sas-rec-model.js';
import { createReader, tensorOf } from '../../../saving/document/reader.js';
import type { Recommender, SavedRecommender } from '../../recommender.js';
import { sasRecRecommender } from './sas-rec-recommender.js';

/** Makes a recommender over a model again. */
export function readSasRec(saved: SavedRecommender): Recommender {
  const { name, items, seen } = saved;
  if (!seen) refuseFile("hold what was seen, for 'sasRec'", seen);
  const config = readSettings(saved);
  const plan = planSequence(config);
  const vectors = tensorOf(saved, 'items', Float32Array, [items.size, config.embeddingSize]);
  const learnedItems = tensorOf(saved, 'learnedItems', Uint8Array, [items.size]);
  const parameters = new Float32Array(plan.parameters);
  for (const part of plan.parts) parameters.set(tensorOf(saved, part.name, Float32Array, part.shape), part.start);
  const table = movableTable(items.size, config.embeddingSize, vectors);
  return sasRecRecommender({ config, items, table, parameters, learnedItems }, { name, seen });
}

// Nothing is laid out that the file's own tensors do not bear out.
function readSettings({ settings, tensors, items }: SavedRecommender): SasRecSettings {
  const part = createReader(settings, 'settings');
  const count = Object.keys(tensors).length;
  const numbers = Object.values(tensors).reduce((sum, { values }) => sum + values.length, 0);
  const shape = {
    embeddingSize: part.whole('embeddingSize', 1, numbers),
    blocks: part.whole('blocks', 0, count),
    heads: part.whole('heads', 1, count),
    maxLength: part.whole('maxLength', 1, numbers),
  };
  const dropout = part.number('dropout');
  if (!(dropout >= 0 && dropout < 1)) refuseFile('hold a dropout in [0, 1)', dropout);
  if (shape.embeddingSize % shape.heads !== 0) refuseFile('hold heads that divide embeddingSize', shape.heads);
  if (shape.blocks * shape.heads > count) refuseFile('hold weights for each head of each block', shape.blocks);
  if (items.size < 2) refuseFile('hold two items or more', items.size);
  const plan = planSequence(shape);
  const room = sequenceNetworkLength(plan, { rows: roomOf(plan) });
  if (room > mostNumbers) refuseFile(`hold a network that takes at most ${mostNumbers} numbers`, room);
  return { ...shape, dropout };
}
