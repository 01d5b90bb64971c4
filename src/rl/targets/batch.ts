/**
 * Targets and losses of Q-learning, a batch of transitions at a time. In all files of this folder:
 *
 *     B transitions, A actions, T steps of a sequence, K atoms, N quantiles
 *     r, `rewards`           what a step earned
 *     d, `discounts`         0 at a true end, otherwise gamma, or gamma ** n after n steps
 *     Q(a), `q`              by the network in training, where the action was taken
 *     Q'(a), `nextQ`         by the target network, in the state after it
 *     a*                     the legal action of the largest value
 *
 * No gradient passes through a target. Here is what they share.
 */
import {
  add,
  any,
  argMax,
  broadcastTo,
  cast,
  clone,
  equal,
  fill,
  max,
  mean,
  mul,
  range,
  reshape,
  type Scalar,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  util,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { refuse } from '../../internal/require.js';
import { withoutGradient } from '../../nn/gradients/without-gradient.js';

/** An axis of a known length, or a name: equal names within one call mean equal lengths. */
type Axis = number | string;

/**
 * Checks the shapes of a function's tensors against each other: `{ q: [q, ['B', 'A']], actions: [actions, ['B']] }`.
 * Tensors that are undefined are passed over.
 */
export function requireShapes(
  where: string,
  tensors: Readonly<Record<string, readonly [Tensor | undefined, readonly Axis[]]>>,
): void {
  const lengths = new Map<string, number>();
  for (const [name, [tensor, axes]] of Object.entries(tensors)) {
    if (tensor === undefined) continue;
    const expected = axes.map((axis, index) => {
      if (typeof axis === 'number') return axis;
      if (!lengths.has(axis) && tensor.shape[index] !== undefined) lengths.set(axis, tensor.shape[index]);
      return lengths.get(axis) ?? -1;
    });
    if (util.arraysEqual(tensor.shape, expected)) continue;
    const wanted = axes.map((axis, index) =>
      expected[index] === axis || expected[index]! < 0 ? axis : `${axis} = ${expected[index]}`,
    );
    refuse(where, name, `have the shape [${wanted.join(', ')}]`, tensor.shape);
  }
}

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

/** `rewards + discounts * values`: what every one-step target is. After a true end values are not looked at. */
export function bootstrap(rewards: Tensor1D, discounts: Tensor1D, values: Tensor1D): Tensor1D {
  return add(rewards, discounted(discounts, values));
}

/** `discounts * values`, and 0 where the discount is 0, whatever the value: 0 times infinity is no number. */
export function discounted(discounts: Tensor1D, values: Tensor1D): Tensor1D {
  return where(equal(discounts, 0), zerosLike(discounts), mul(discounts, values) as Tensor1D) as Tensor1D;
}

/** Mean over the batch of the losses, each times its weight. No gradient passes to `weights`. */
export function weightedMean(losses: Tensor, weights: Tensor1D | undefined): Scalar {
  if (!weights) return mean<Scalar>(losses);
  const fixed = withoutGradient(() => clone(weights));
  return mean<Scalar>(mul(losses, fixed));
}
