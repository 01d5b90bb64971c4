import {
  add,
  div,
  matMul,
  mul,
  reshape,
  type Scalar,
  type serialization,
  sum,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, type layers, type Shape } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requirePositiveInteger } from '../../internal/require.js';
import { withoutGradient } from '../gradients/without-gradient.js';
import { type LayerCallArguments, type LayerConfig, layerBase, layerConfigNames, onlyTensor } from '../layer-base.js';
import {
  hasOutputsBeforeInputs,
  kernelLayerFrom,
  kernelOf,
  requireKernelLayer,
  savedKernelLayer,
} from './kernel-layer.js';
import { asMatrix, leftVector, unit } from './power-iteration.js';

interface Config extends Omit<LayerConfig, 'weights'> {
  /** A dense, conv2d or conv2dTranspose layer of tfjs that stands in no model. */
  readonly layer: layers.Layer;
  /** Rounds of power iteration in each training call. */
  readonly iterations?: number;
}

/** What {@link spectralNorm} makes. */
export class SpectralNorm extends /* @__PURE__ */ layerBase() {
  /** Name in saved models. */
  static className = 'MinimartSpectralNorm';
  /** The layer that is wrapped. */
  readonly layer: layers.Layer;
  /** Rounds of power iteration in each training call. */
  readonly iterations: number;
  private u: LayerVariable | undefined;

  constructor(config: Config) {
    requireOptions('SpectralNorm', config ?? {}, configNames(), 'config');
    const { layer, iterations, ...rest } = config;
    requireKernelLayer('SpectralNorm', 'layer', layer);
    super({ batchInputShape: layer.batchInputShape, ...rest, name: config.name ?? layer.name });
    this.layer = layer;
    this.iterations = iterations ?? 1;
    requirePositiveInteger('SpectralNorm', 'iterations', this.iterations);
    this.trainable = config.trainable ?? layer.trainable;
    this.supportsMasking = layer.supportsMasking;
  }

  /** How tfjs makes the layer of a saved model. */
  static override fromConfig<T extends serialization.Serializable>(
    layerClass: serialization.SerializableConstructor<T>,
    config: serialization.ConfigDict,
  ): T {
    const layer = kernelLayerFrom('SpectralNorm', config.layer as serialization.ConfigDict);
    return new layerClass({ ...config, layer });
  }

  /** Makes the weights of the wrapped layer, and u. */
  override build(inputShape: Shape | Shape[]): void {
    const { layer } = this;
    if (!layer.built) {
      layer.build(inputShape);
      if (layer.initialWeights) layer.setWeights(layer.initialWeights);
    }
    // All weights of the wrapped layer are trained ones, though its own list is empty while it is frozen.
    this.trainableWeights = [...layer.weights];
    const outputs = kernelOf(layer).shape.at(hasOutputsBeforeInputs(layer) ? -2 : -1)!;
    // Any start will do that is not at right angles with the vector looked for; it is made a unit vector when used.
    const start = initializers.randomNormal({ seed: 1 });
    this.u = this.addWeight('u', [outputs], 'float32', start, undefined, false);
    this.inputSpec = layer.inputSpec;
    this.built = true;
  }

  /** The shape that the wrapped layer gives. */
  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return this.layer.computeOutputShape(inputShape);
  }

  /** Calls the wrapped layer as if its kernel were normalized; with `{ training: true }`, u moves on first. */
  override call(inputs: Tensor | Tensor[], callArguments: LayerCallArguments = {}): Tensor | Tensor[] {
    return tidy(() => {
      const sigma = this.sigma(callArguments.training ? this.iterations : 0);
      // Before its bias the layer is linear: a smaller input is a smaller kernel, and mostly has fewer numbers.
      return this.layer.call(div(onlyTensor('SpectralNorm', inputs), sigma), callArguments);
    });
  }

  /**
   * The kernel as it is used outside training.
   *
   * @returns The shape of the wrapped layer's kernel. The caller disposes it.
   */
  normalizedKernel(): Tensor {
    return tidy(() => div(kernelOf(this.layer), this.sigma(0)));
  }

  /** What a saved model holds of this layer, besides its weights. */
  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), layer: savedKernelLayer(this.layer), iterations: this.iterations };
  }

  // v^T M u, in which only M is not a constant.
  private sigma(iterations: number): Scalar {
    const u = this.u!;
    const matrix = asMatrix(kernelOf(this.layer), hasOutputsBeforeInputs(this.layer));
    const left = withoutGradient(() => leftVector(matrix, u.read(), Math.max(0, iterations - 1)));
    const image = matMul(left, matrix);
    const right = withoutGradient(() => unit(iterations > 0 ? image : reshape(u.read(), [1, -1])));
    if (iterations > 0) u.write(reshape(right, [-1]));
    return add(sum<Scalar>(mul(image, right)), 1e-12);
  }
}

/**
 * Spectral normalization: a layer whose kernel, as a matrix, is divided by its largest singular value, so that the matrix
 * stretches no vector by more than about 1. It keeps a discriminator from becoming steep, whatever its weights are.
 *
 *     kernel / sigma, sigma = v^T M u; in each training call first v = unit(M u), then u = unit(M^T v)
 *
 * M is the kernel as a matrix `[all else, outputs]`, `[kh * kw * inputs, outputs]` for convolutions and transposed ones
 * alike; that of a convolution is not the convolution's own norm, but what the paper takes. The vector u is a weight that is
 * saved and not trained: one round for each training call keeps up with a kernel that moves slowly, and outside training u
 * stays as it is. Gradients of any order go through kernel / sigma with u and v as constants, as in the paper. The bias is
 * left alone.
 *
 * @param layer - A dense, conv2d or conv2dTranspose layer of tfjs that stands in no model.
 * @returns A layer for a tfjs model, in place of `layer`; `registerLayers()` lets tfjs load models that contain it.
 * @throws RangeError when the layer is none of dense, conv2d and conv2dTranspose, or the rounds are no positive integer.
 * @see Miyato et al., "Spectral Normalization for Generative Adversarial Networks" (2018)
 * @example
 * const steady = spectralNorm(layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 1] }));
 * sequential({ layers: [steady] }).trainableWeights.length; // 2: kernel and bias
 * @example
 * const layer = spectralNorm(layers.dense({ units: 2, weights: [tensor2d([[3, 0], [0, 1]]), zeros([2])] }));
 * for (let call = 0; call < 20; call += 1) layer.apply(ones([1, 2]), { training: true });
 * layer.apply(ones([1, 2])); // [[1, 0.33333]]
 */
export function spectralNorm(
  layer: layers.Layer,
  options: {
    /** Rounds of power iteration in each training call, >= 1. Default 1, as in the paper. */
    readonly iterations?: number;
    /** Unique within the model. Default: the name of the layer that is wrapped. */
    readonly name?: string;
  } = {},
): layers.Layer {
  requireOptions('spectralNorm', options, { iterations: true, name: true });
  return new SpectralNorm({ ...options, layer });
}

function configNames(): OptionNames<Config> {
  const { weights, ...names } = layerConfigNames();
  return { ...names, layer: weights, iterations: true };
}
