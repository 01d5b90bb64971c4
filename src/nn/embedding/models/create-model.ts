import { dispose, type Variable } from '@tensorflow/tfjs-core';
import { createEngineSource, type EngineSource } from '../engine/open-engine.js';
import { createScores } from '../scoring/scores.js';
import { denseWeightsOf } from './dense-weights.js';
import type { EmbeddingModel } from './embedding-model.js';
import { createFactors } from './factors.js';

/** What a builder decides. */
export type ModelParts = Pick<
  EmbeddingModel,
  'kind' | 'config' | 'features' | 'userColumns' | 'itemColumns' | 'head' | 'tables' | 'network' | 'variables'
>;

/** Puts a model together from its parts. */
export function createModel(parts: ModelParts): EmbeddingModel {
  const weights = denseWeightsOf(parts.network, parts.variables);
  const engineOf: EngineSource = createEngineSource(parts.network, parts.variables);
  const factors = createFactors(parts, weights, engineOf);
  return {
    ...parts,
    ...(factors && { factors }),
    ...createScores(parts.kind, parts, weights, engineOf),
    dispose: () => {
      dispose(Object.values<Variable>(parts.variables));
    },
  };
}
