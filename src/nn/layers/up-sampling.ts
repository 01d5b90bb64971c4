import { type serialization, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { layers, Shape } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requireOneOf } from '../../internal/require.js';
import { upsampleBilinear, upsampleNearest } from '../images/upsample.js';
import { type LayerConfig, layerBase, layerConfigNames, onlyTensor } from '../layer-base.js';
import { imageShape, pairOf } from './image-shape.js';

type Config = NonNullable<Parameters<typeof upSampling>[0]>;

/** What {@link upSampling} makes. */
export class UpSampling extends /* @__PURE__ */ layerBase() {
  /** Name in saved models. */
  static className = 'MinimartUpSampling';
  /** How many times as many rows and columns. */
  readonly size: readonly [number, number];
  /** How the larger image is filled. */
  readonly interpolation: 'nearest' | 'bilinear';

  constructor(config: Config = {}) {
    requireOptions('UpSampling', config, configNames(), 'config');
    super(config);
    this.size = pairOf('UpSampling', 'size', config.size ?? 2);
    this.interpolation = config.interpolation ?? 'nearest';
    requireOneOf('UpSampling', 'interpolation', ['nearest', 'bilinear'], this.interpolation);
  }

  /** `[B, rows * H, columns * W, C]` for `[B, H, W, C]`. */
  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, height, width, channels] = imageShape('UpSampling', inputShape);
    const times = (length: number | null, factor: number) => (length === null ? null : length * factor);
    return [batch, times(height, this.size[0]), times(width, this.size[1]), channels];
  }

  /** Makes one batch of images larger. */
  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = onlyTensor('UpSampling', inputs);
    return tidy(() => (this.interpolation === 'nearest' ? upsampleNearest : upsampleBilinear)(x, this.size));
  }

  /** What a saved model holds of this layer. */
  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), size: [...this.size], interpolation: this.interpolation };
  }
}

/**
 * Makes a layer that makes images larger, `[B, H, W, C]` to `[B, rows * H, columns * W, C]`, and can be differentiated twice.
 *
 * The second derivative of tfjs's own upSampling2d throws. Its bilinear kind also places pixels differently: it measures
 * from the corner of a pixel, not from the centre, which moves the image.
 *
 * @param config - Sizes, interpolation, and what every layer takes.
 * @returns A layer for a tfjs model; `registerLayers()` lets tfjs load models that contain it.
 * @throws RangeError when a size is no positive integer or the interpolation unknown.
 * @example
 * const larger = upSampling({ size: 2 }).apply(tensor4d([1, 2], [1, 1, 2, 1])) as Tensor;
 * reshape(larger, [2, 4]); // [[1, 1, 2, 2], [1, 1, 2, 2]]
 * @example
 * upSampling({ size: [2, 3] }).computeOutputShape([null, 4, 4, 1]); // [null, 8, 12, 1]
 */
export function upSampling(
  config: LayerConfig & {
    /** How many times as many rows and columns, integers. Default 2. */
    readonly size?: number | readonly [number, number];
    /**
     * `'nearest'`: every pixel becomes a block. `'bilinear'`: linear between pixel centres, the edge repeated beyond the
     * outermost ones, as in PyTorch's `align_corners=False`. Default `'nearest'`.
     */
    readonly interpolation?: 'nearest' | 'bilinear';
  } = {},
): layers.Layer {
  requireOptions('upSampling', config, configNames(), 'config');
  return new UpSampling(config);
}

function configNames(): OptionNames<Config> {
  return { ...layerConfigNames(), size: true, interpolation: true };
}
