import { type serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { layers, Shape } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';
import { reflectionPad } from '../images/reflection-pad.js';
import { type LayerConfig, layerBase, layerConfigNames, onlyTensor } from '../layer-base.js';
import { imageShape, pairOf } from './image-shape.js';

type Config = NonNullable<Parameters<typeof reflectionPadding>[0]>;

/** What {@link reflectionPadding} makes. */
export class ReflectionPadding extends /* @__PURE__ */ layerBase() {
  /** Name in saved models. */
  static className = 'MinimartReflectionPadding';
  /** Rows added above and below, and columns added left and right. */
  readonly padding: readonly [number, number];

  constructor(config: Config = {}) {
    requireOptions('ReflectionPadding', config, configNames(), 'config');
    super(config);
    this.padding = pairOf('ReflectionPadding', 'padding', config.padding ?? 1, 0);
  }

  /**
   * `[B, H + 2 * rows, W + 2 * columns, C]` for `[B, H, W, C]`.
   *
   * @throws RangeError when the images have no more rows or columns than are to be added.
   */
  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, height, width, channels] = imageShape('ReflectionPadding', inputShape);
    return [batch, padded(height, this.padding[0]), padded(width, this.padding[1]), channels];
  }

  /** Pads one batch of images. */
  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = onlyTensor('ReflectionPadding', inputs);
    return tidy(() => reflectionPad(x, this.padding));
  }

  /** What a saved model holds of this layer. */
  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), padding: [...this.padding] };
  }
}

/**
 * Makes a layer that continues images `[B, H, W, C]` beyond their edges as in a mirror that stands on the outermost pixels
 * (`2 1 | 0 1 2 3 | 2 1`), and can be differentiated twice. It leaves fewer traces of the edge than zeros do.
 *
 * The gradient of tfjs's own mirrorPad is wrong.
 *
 * @param config - The padding, and what every layer takes.
 * @returns A layer for a tfjs model; `registerLayers()` lets tfjs load models that contain it.
 * @throws RangeError when the padding is no integer of at least 0, or two of them.
 * @example
 * const padded = reflectionPadding({ padding: [0, 2] }).apply(tensor4d([0, 1, 2], [1, 1, 3, 1])) as Tensor;
 * reshape(padded, [7]); // [2, 1, 0, 1, 2, 1, 0]
 * @example
 * reflectionPadding({ padding: 2 }).computeOutputShape([null, 8, 8, 1]); // [null, 12, 12, 1]
 */
export function reflectionPadding(
  config: LayerConfig & {
    /** Rows to add above and below, and columns to add left and right: fewer than the image has. Default 1. */
    readonly padding?: number | readonly [number, number];
  } = {},
): layers.Layer {
  requireOptions('reflectionPadding', config, configNames(), 'config');
  return new ReflectionPadding(config);
}

function padded(length: number | null, padding: number): number | null {
  if (length === null) return null;
  if (length <= padding) refuse('ReflectionPadding', 'padding', `be less than the image's ${length} pixels`, padding);
  return length + 2 * padding;
}

function configNames(): OptionNames<Config> {
  return { ...layerConfigNames(), padding: true };
}
