import { tensor, tidy } from '@tensorflow/tfjs-core';
import { findNonFinite } from '../../internal/finite.js';
import { createPause } from '../../internal/pause.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';

/** A copy of a model's weights on the host. */
export interface ModelWeights {
  /** Tables by name. */
  readonly tables: Record<string, Float32Array>;
  /** Dense weights by name. */
  readonly variables: Record<string, Float32Array>;
}

/** Copies a model's weights, into the arrays of an earlier copy where there is one. */
export async function copyWeights(model: EmbeddingModel, into?: ModelWeights): Promise<ModelWeights> {
  const copy = into ?? { tables: {}, variables: {} };
  for (const [name, { values }] of Object.entries(model.tables)) {
    const present = copy.tables[name];
    if (present) present.set(values);
    else copy.tables[name] = values.slice();
  }
  for (const [name, weights] of Object.entries(model.variables)) {
    const values = await weights.data<'float32'>();
    copy.variables[name] = Float32Array.from(values);
  }
  return copy;
}

/** Gives a model the weights of a copy. */
export function restoreWeights(model: EmbeddingModel, { tables, variables }: ModelWeights): void {
  for (const [name, { values }] of Object.entries(model.tables)) values.set(tables[name]!);
  tidy(() => {
    for (const [name, weights] of Object.entries(model.variables)) {
      weights.assign(tensor(variables[name]!, weights.shape, 'float32'));
    }
  });
}

/** Numbers looked at from one pause to the next. */
const atOnce = 2 ** 22;

/** A weight, and the table or the dense weights that it is in. */
export interface NamedWeight {
  readonly name: string;
  readonly value: number;
}

/** The first of a model's weights that is not finite, rows that no batch touched included; undefined when there is none. */
export async function findBrokenWeight(model: EmbeddingModel): Promise<NamedWeight | undefined> {
  const pause = createPause();
  const arrays = Object.entries(model.tables).map(([name, { values }]) => [name, values] as const);
  for (const [name, weights] of Object.entries(model.variables)) arrays.push([name, await weights.data<'float32'>()]);
  for (const [name, values] of arrays) {
    for (let start = 0; start < values.length; start += atOnce) {
      const place = findNonFinite(values.subarray(start, start + atOnce));
      if (place >= 0) return { name, value: values[start + place]! };
      await pause();
    }
  }
  return undefined;
}
