import type { layers } from '@tensorflow/tfjs-layers';
import { walkLayers } from '../models/walk-layers.js';
import type { Finding } from './effect.js';
import { isPlainHolder, layerEffect } from './layer-effects.js';

/** A layer behind which an exact gradient penalty cannot be trusted. */
export interface SecondOrderProblem {
  /** The layer's name. */
  readonly layer: string;
  /** Where it stands in the model: `'2'` is the third layer, `'2/0'` the first one inside it. */
  readonly position: string;
  /** `'wrong'`: training runs, with a wrong gradient; `'throws'`: it stops; `'unknown'`: a layer not known here. */
  readonly effect: 'wrong' | 'throws' | 'unknown';
  /** All of it in a sentence, with what to use instead. */
  readonly message: string;
}

/**
 * Finds the layers of a model behind which exact gradient penalties (WGAN-GP, R1, R2) go wrong.
 *
 * Such a penalty needs second derivatives. Many layers of tfjs have none, and some (tanh, sigmoid, softmax, swish) have
 * wrong ones, so that training runs and quietly does something else. The answer is looked up by class and config, and
 * nothing is computed. A layer that is not known here, such as one of your own, is reported as `'unknown'`: it is
 * right when all of its operations are. `trainGan` measures such layers before it trains with an exact penalty.
 *
 * @param model - Any model, nested ones included.
 * @returns The problems from input to output; empty when there are none.
 * @example
 * const dense = layers.dense({ units: 1, inputShape: [2], activation: 'tanh', name: 'd' });
 * const [problem] = checkSecondOrder(sequential({ layers: [dense] }));
 * problem.effect; // 'wrong'
 * problem.message.includes("use activation 'linear' and behind it activationLayer({ kind: 'tanh' })"); // true
 */
export function checkSecondOrder(model: layers.Layer): SecondOrderProblem[] {
  return walkLayers(model).flatMap(({ layer, position }) => {
    if (isPlainHolder(layer)) return [];
    const finding = layerEffect(layer);
    const { effect } = finding;
    return effect === 'right'
      ? []
      : [{ layer: layer.name, position, effect, message: describe(layer, position, finding) }];
  });
}

const consequences = {
  right: 'is right',
  wrong: 'gives wrong second derivatives without a word',
  throws: 'has no second derivatives: tfjs throws',
  unknown: 'is not known here; it is right if all of its operations can be differentiated twice',
} as const;

function describe(layer: layers.Layer, position: string, { effect, cause, advice }: Finding): string {
  const subject = `\`${layer.name}\` (${layer.getClassName()}, at ${position})`;
  const clause = cause === undefined ? consequences[effect] : `its ${cause} ${consequences[effect]}`;
  return `${subject}: ${clause}${advice === undefined ? '' : `; use ${advice} instead`}.`;
}
