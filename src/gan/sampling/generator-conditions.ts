import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type Conditions, type EncodedConditions, encodeConditions } from '../../data/conditions.js';
import { refuse } from '../../internal/require.js';
import { fullShape } from '../training/options/condition-shape.js';

/** Reads the conditions of `count` samples, refusing them where the generator takes none and asking for them where it does. */
export async function readConditions(
  where: string,
  { inputs }: LayersModel,
  count: number,
  conditions: Conditions | undefined,
): Promise<EncodedConditions | undefined> {
  const taken = inputs[1];
  if (!taken && conditions === undefined) return undefined;
  if (!taken) refuse(where, 'conditions', 'be left out: the generator takes none', conditions);
  if (conditions === undefined) refuse(where, 'conditions', 'be given: the generator takes them', conditions);
  return encodeConditions(where, conditions, count, fullShape(where, 'generator', 'input', taken.shape));
}

/** Some of the conditions as a tensor, which the caller disposes. */
export function conditionRows({ values, shape }: EncodedConditions, from: number, count: number): Tensor {
  const size = values.length / shape[0]!;
  return tensor(values.slice(from * size, (from + count) * size), [count, ...shape.slice(1)]);
}
