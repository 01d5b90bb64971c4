import {
  any,
  argMax,
  broadcastTo,
  cast,
  equal,
  fill,
  max,
  range,
  reshape,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';

/** Below any value of use, and above what a GPU with small exponents turns into minus infinity. */
const unreachable = -1e30;

/**
 * What stands in `[B, A]` or `[B, A, K]` at each sample's action: `[B]` or `[B, K]`. Other actions' values are not looked
 * at, and an action that does not exist gives NaN, not a silent 0.
 */
export function atActions(values: Tensor, actions: Tensor1D): Tensor {
  const [batch, count, ...rest] = values.shape as [number, number, ...number[]];
  // One-hot by comparison: tfjs's own wants two actions or more.
  const chosen = equal(reshape(cast(actions, 'int32'), [batch, 1]), range(0, count, 1, 'int32'));
  const places = reshape(chosen, [batch, count, ...rest.map(() => 1)]);
  const found = sum(where(broadcastTo(places, values.shape), values, zerosLike(values)), 1);
  const exists = reshape(any(chosen, 1), [batch, ...rest.map(() => 1)]);
  return where(broadcastTo(exists, found.shape), found, fill(found.shape, Number.NaN));
}

/** The values with those of illegal actions out of any maximum's reach, whatever they are. */
export function legalValues(q: Tensor2D, actionMask: Tensor2D | undefined): Tensor2D {
  if (!actionMask) return q;
  return where(cast(actionMask, 'bool'), q, fill(q.shape, unreachable));
}

/** `[B]`: the largest value of a legal action; 0 where no action is legal, as at a true end. */
export function bestValues(q: Tensor2D, actionMask: Tensor2D | undefined): Tensor1D {
  return unlessStuck(max(legalValues(q, actionMask), 1), actionMask);
}

/** `[B]`, int32: the legal action with the largest value, the first of equals. */
export function bestActions(q: Tensor2D, actionMask: Tensor2D | undefined): Tensor1D {
  return argMax(legalValues(q, actionMask), 1);
}

/** The values, and 0 where no action is legal: there is nothing to bootstrap from. */
export function unlessStuck(values: Tensor1D, actionMask: Tensor2D | undefined): Tensor1D {
  if (!actionMask) return values;
  return where(any(cast(actionMask, 'bool'), 1), values, zerosLike(values));
}
