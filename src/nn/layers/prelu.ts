import { type serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, type layers, type Shape } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireFinite } from '../../internal/require.js';
import { preluActivation } from '../activations/prelu.js';
import { type LayerConfig, layerBase, layerConfigNames, onlyTensor } from '../layer-base.js';

type Config = NonNullable<Parameters<typeof preluLayer>[0]>;

/** What {@link preluLayer} makes. */
export class PRelu extends /* @__PURE__ */ layerBase() {
  /** Name in saved models. */
  static className = 'MinimartPRelu';
  /** Slope at the start of training. */
  readonly alpha: number;
  private slopes: LayerVariable | undefined;

  constructor(config: Config = {}) {
    requireOptions('PRelu', config, configNames(), 'config');
    super(config);
    this.alpha = config.alpha ?? 0.25;
    requireFinite('PRelu', 'alpha', this.alpha);
    this.supportsMasking = true;
  }

  /** Makes the slopes. */
  override build(inputShape: Shape | Shape[]): void {
    const shape = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as Shape;
    const channels = shape.at(-1);
    if (typeof channels !== 'number') refuse('PRelu', 'inputs', 'have a known last axis', shape);
    const initializer = initializers.constant({ value: this.alpha });
    this.slopes = this.addWeight('alpha', [channels], 'float32', initializer, undefined, true);
    this.built = true;
  }

  /** Applies the slopes to one tensor. */
  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => preluActivation(onlyTensor('PRelu', inputs), this.slopes!.read()));
  }

  /** What a saved model holds of this layer, besides its slopes. */
  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), alpha: this.alpha };
  }
}

/**
 * Leaky relu whose slope below zero is learned, one for each channel (the last axis), and which can be differentiated
 * twice.
 *
 * The second derivative of tfjs's own prelu throws; it also has a slope for each position unless told otherwise.
 *
 * @param config - The slope at the start, and what every layer takes.
 * @returns A layer for a tfjs model; `registerLayers()` lets tfjs load models that contain it.
 * @throws RangeError when the slope is not a finite number.
 * @see He et al., "Delving Deep into Rectifiers" (2015)
 * @example
 * preluLayer({ alpha: 0.5 }).apply(tensor2d([[-2, 3]])); // [[-1, 3]]
 */
export function preluLayer(
  config: LayerConfig & {
    /** Slope below zero at the start of training. Default 0.25, as in the paper. */
    readonly alpha?: number;
  } = {},
): layers.Layer {
  requireOptions('preluLayer', config, configNames(), 'config');
  return new PRelu(config);
}

function configNames(): OptionNames<Config> {
  return { ...layerConfigNames(), alpha: true };
}
