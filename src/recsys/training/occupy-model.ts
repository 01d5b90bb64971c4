import { refuse } from '../../internal/require.js';
import type { EmbeddingModel } from '../../nn/embedding/embedding-model.js';

let inTraining: WeakSet<EmbeddingModel> | undefined;

/** Takes a model for one run: a second one at the same time would move its weights under the first. Call the result to end. */
export function occupyModel(where: string, model: EmbeddingModel): () => void {
  inTraining ??= new WeakSet();
  if (inTraining.has(model)) refuse(where, 'model', 'be in one training at a time, and is in another', model);
  inTraining.add(model);
  return () => inTraining?.delete(model);
}
