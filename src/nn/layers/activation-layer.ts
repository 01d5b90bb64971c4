import { relu, type serialization, softplus, type Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireFinite, requireOneOf } from '../../internal/require.js';
import { clipActivation } from '../activations/clip.js';
import { eluActivation } from '../activations/elu.js';
import { geluActivation } from '../activations/gelu.js';
import { leakyReluActivation } from '../activations/leaky-relu.js';
import { seluActivation } from '../activations/selu.js';
import { sigmoidActivation } from '../activations/sigmoid.js';
import { softmaxActivation } from '../activations/softmax.js';
import { swishActivation } from '../activations/swish.js';
import { tanhActivation } from '../activations/tanh.js';
import { type LayerConfig, layerBase, layerConfigNames, onlyTensor } from '../layer-base.js';

/** Which function an {@link activationLayer} applies. One lower-case word each: tfjs respells others in saved models. */
export type ActivationKind =
  | 'linear'
  | 'relu'
  | 'leakyrelu'
  | 'elu'
  | 'selu'
  | 'tanh'
  | 'sigmoid'
  | 'softmax'
  | 'swish'
  | 'gelu'
  | 'softplus'
  | 'clip';

/** Config of {@link activationLayer}. */
export interface ActivationConfig extends LayerConfig {
  /** The function. */
  readonly kind: ActivationKind;
  /** For `'leakyrelu'`, the slope below zero (default 0.2); for `'elu'`, minus the value far below zero (default 1). */
  readonly alpha?: number;
  /** For `'clip'`: least value. Default -1. */
  readonly low?: number;
  /** For `'clip'`: greatest value. Default 1. */
  readonly high?: number;
}

type Settings = Pick<ActivationConfig, 'alpha' | 'low' | 'high'>;

const functions: Record<ActivationKind, (x: Tensor, settings: Settings) => Tensor> = {
  linear: (x) => x,
  relu: (x) => relu(x),
  leakyrelu: leakyReluActivation,
  elu: eluActivation,
  selu: seluActivation,
  tanh: tanhActivation,
  sigmoid: sigmoidActivation,
  softmax: softmaxActivation,
  swish: swishActivation,
  gelu: geluActivation,
  softplus: (x) => softplus(x),
  clip: clipActivation,
};

const settingsOf: Partial<Record<ActivationKind, readonly (keyof Settings)[]>> = {
  leakyrelu: ['alpha'],
  elu: ['alpha'],
  clip: ['low', 'high'],
};

/** What {@link activationLayer} makes. */
export class ActivationLayer extends /* @__PURE__ */ layerBase() {
  /** Name in saved models. */
  static className = 'MinimartActivation';
  /** The function. */
  readonly kind: ActivationKind;
  /** The function's numbers, as given. */
  readonly settings: Settings;

  constructor(config: ActivationConfig) {
    requireOptions('ActivationLayer', config ?? {}, configNames(), 'config');
    super(config);
    requireOneOf('ActivationLayer', 'kind', Object.keys(functions), config.kind);
    this.kind = config.kind;
    this.settings = checkedSettings(config);
    this.supportsMasking = true;
  }

  /** Applies the function to one tensor. */
  override call(inputs: Tensor | Tensor[]): Tensor {
    return functions[this.kind](onlyTensor('ActivationLayer', inputs), this.settings);
  }

  /** What a saved model holds of this layer. */
  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), kind: this.kind, ...this.settings };
  }
}

/**
 * Makes a layer that applies an activation which can be differentiated twice, as exact gradient penalties need.
 *
 * With tfjs's own activation layers the second derivative of tanh, sigmoid, swish and softmax is wrong without a word,
 * and that of leakyReLU, elu and selu throws.
 *
 * @param config - The function, its numbers, and what every layer takes.
 * @returns A layer for a tfjs model; `registerLayers()` lets tfjs load models that contain it.
 * @throws RangeError when the kind is unknown, or a number is not finite or not one that the kind takes.
 * @example
 * activationLayer({ kind: 'leakyrelu', alpha: 0.2 }).apply(tensor1d([-1, 2])); // [-0.2, 2]
 * @example
 * activationLayer({ kind: 'clip', low: 0 }).apply(tensor1d([-1, 0.5, 2])); // [0, 0.5, 1]
 */
export function activationLayer(config: ActivationConfig): layers.Layer {
  requireOptions('activationLayer', config ?? {}, configNames(), 'config');
  return new ActivationLayer(config);
}

// A loaded config has null where a number was not given.
function checkedSettings(config: ActivationConfig): Settings {
  const taken = settingsOf[config.kind] ?? [];
  const settings: { -readonly [name in keyof Settings]: number } = {};
  for (const name of ['alpha', 'low', 'high'] as const) {
    const value = config[name];
    if (value === undefined || value === null) continue;
    if (!taken.includes(name)) refuse('ActivationLayer', name, `be left out for kind '${config.kind}'`, value);
    requireFinite('ActivationLayer', name, value);
    settings[name] = value;
  }
  const { low = -1, high = 1 } = settings;
  if (low > high) refuse('ActivationLayer', 'low', `be at most \`high\` (${high})`, low);
  return settings;
}

function configNames(): OptionNames<ActivationConfig> {
  return { ...layerConfigNames(), kind: true, alpha: true, low: true, high: true };
}
