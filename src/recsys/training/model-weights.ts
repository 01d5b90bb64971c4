import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { EmbeddingModel } from '../../nn/embedding/embedding-model.js';

/** A copy of a model's weights on the host. */
export interface ModelWeights {
  /** Tables by name. */
  readonly tables: Map<string, Float32Array>;
  /** Dense weights by name. */
  readonly variables: Map<string, Float32Array>;
}

/** Copies a model's weights, into the arrays of an earlier copy where there is one. */
export async function copyWeights(model: EmbeddingModel, into?: ModelWeights): Promise<ModelWeights> {
  const copy = into ?? { tables: new Map(), variables: new Map() };
  for (const [name, { values }] of Object.entries(model.tables)) {
    const present = copy.tables.get(name);
    if (present) present.set(values);
    else copy.tables.set(name, values.slice());
  }
  for (const [name, weights] of Object.entries(model.variables)) {
    const values = await weights.data<'float32'>();
    copy.variables.set(name, Float32Array.from(values));
  }
  return copy;
}

/** Gives a model the weights of a copy. */
export function restoreWeights(model: EmbeddingModel, { tables, variables }: ModelWeights): void {
  for (const [name, { values }] of Object.entries(model.tables)) values.set(tables.get(name)!);
  tidy(() => {
    for (const [name, weights] of Object.entries(model.variables)) {
      weights.assign(tensor(variables.get(name)!, weights.shape, 'float32'));
    }
  });
}
