import {
  add,
  clipByValue,
  div,
  maximum,
  mul,
  type NamedTensorMap,
  type Optimizer,
  type Scalar,
  sqrt,
  square,
  sum,
  type Tensor,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { variableGradients } from '../../../nn/gradients/variable-gradients.js';
import { stateVariables, trainableVariables } from '../../../nn/models/model-variables.js';
import type { GanRules } from '../options/gan-options.js';
import { createUpdateGate, type Gradients, type UpdateGate } from './update-gate.js';

/** A network in training: what it computes, what its own updates change, and what it tracks by itself. */
export interface Player {
  readonly model: LayersModel;
  readonly optimizer: Optimizer;
  readonly trained: Variable[];
  readonly state: readonly Variable[];
  readonly gradientClipping?: GanRules['gradientClipping'];
  /** Weights are clipped to [-weightClipping, weightClipping] after every update. */
  readonly weightClipping?: number;
  /** Holds updates back until somebody has looked at them. Default: they are applied at once. */
  readonly gate?: UpdateGate;
}

/** Lists a network's variables once, before training. */
export function createPlayer(
  model: LayersModel,
  optimizer: Optimizer,
  {
    isGated = false,
    ...bounds
  }: Pick<Player, 'gradientClipping' | 'weightClipping'> & { readonly isGated?: boolean } = {},
): Player {
  const gate = isGated ? createUpdateGate(model) : undefined;
  const variables = { trained: trainableVariables(model), state: stateVariables(model) };
  return { model, optimizer, ...variables, ...bounds, ...(gate && { gate }) };
}

/** The network's output in training mode; `conditions` go in beside the samples where there are any. */
export function forward({ model }: Player, samples: Tensor, conditions?: Tensor): Tensor {
  return model.apply(conditions ? [samples, conditions] : samples, { training: true }) as Tensor;
}

/**
 * One update against the mean gradient of several losses, one for each accumulated batch.
 *
 * @returns Scalar, the mean loss before the update. The caller disposes it.
 */
export function updatePlayer(player: Player, losses: readonly (() => Scalar)[]): Scalar {
  return tidy(() => {
    player.gate?.open();
    const gradients = meanGradients(player, losses);
    takeUpdate(player, gradients);
    return gradients.value;
  });
}

/** Applies an update, or hands it to the gate that looks at it first. */
export function takeUpdate(player: Player, update: Gradients): void {
  if (player.gate) player.gate.hold(update);
  else applyGradients(player, update.grads);
}

/** Moves a network by its gradients. */
export function applyGradients(
  { optimizer, trained, gradientClipping, weightClipping }: Player,
  grads: NamedTensorMap,
): void {
  tidy(() => {
    optimizer.applyGradients(clipGradients(grads, gradientClipping));
    if (weightClipping === undefined) return;
    for (const variable of trained) variable.assign(clipByValue(variable, -weightClipping, weightClipping));
  });
}

function meanGradients({ trained }: Player, losses: readonly (() => Scalar)[]): Gradients {
  const first = variableGradients(losses[0]!, trained);
  if (losses.length === 1) return first;
  // Batch by batch, so that two sets of gradients are alive at a time, whatever their number.
  const total = losses.slice(1).reduce(
    (before: Gradients, loss) =>
      tidy(() => {
        const next = variableGradients(loss, trained);
        return { value: add<Scalar>(before.value, next.value), grads: sumMaps(before.grads, next.grads) };
      }),
    first,
  );
  const share = 1 / losses.length;
  return { value: mul<Scalar>(total.value, share), grads: mapTensors(total.grads, (each) => mul(each, share)) };
}

function sumMaps(one: NamedTensorMap, other: NamedTensorMap): NamedTensorMap {
  return mapTensors(one, (each, name) => (other[name] ? add(each, other[name]!) : each));
}

function clipGradients(
  grads: NamedTensorMap,
  { norm, value }: NonNullable<GanRules['gradientClipping']> = {},
): NamedTensorMap {
  const clipped = value === undefined ? grads : mapTensors(grads, (each) => clipByValue(each, -value, value));
  if (norm === undefined) return clipped;
  const squares = Object.values(clipped).map((each) => sum(square(each)));
  const length = sqrt(squares.reduce((total, each) => add(total, each)));
  // 1 where the norm is within bounds.
  const factor = div(norm, maximum(length, norm));
  return mapTensors(clipped, (each) => mul(each, factor));
}

function mapTensors(map: NamedTensorMap, change: (each: Tensor, name: string) => Tensor): NamedTensorMap {
  return Object.fromEntries(Object.entries(map).map(([name, each]) => [name, change(each, name)]));
}
