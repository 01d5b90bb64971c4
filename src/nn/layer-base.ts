import type { DataType, serialization, Tensor } from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';
import type { OptionNames } from '../internal/options.js';
import { refuse } from '../internal/require.js';

/** What every layer takes, ours and those of tfjs. */
export interface LayerConfig {
  /** Shape of one example, without the batch axis; only for the first layer of a sequential model. */
  readonly inputShape?: Shape;
  /** As `inputShape`, with the batch axis in front (`null`: any size). */
  readonly batchInputShape?: Shape;
  /** Batch size put in front of `inputShape`. Default: any. */
  readonly batchSize?: number;
  /** Type of the input of a first layer. Default `'float32'`. */
  readonly dtype?: DataType;
  /** Unique within the model. Default: made from the class name and a counter. */
  readonly name?: string;
  /** Whether the layer's weights count as trainable. Default true. */
  readonly trainable?: boolean;
  /** Initial weights. */
  readonly weights?: Tensor[];
}

/** The names of {@link LayerConfig}. */
export function layerConfigNames(): OptionNames<LayerConfig> {
  // What tfjs adds to the config of a layer of a model that it loads.
  const loaded = { customObjects: true, fastWeightInitDuringBuild: true };
  return {
    ...loaded,
    inputShape: true,
    batchInputShape: true,
    batchSize: true,
    dtype: true,
    name: true,
    trainable: true,
    weights: true,
  };
}

/** Keyword arguments of a layer call, such as `{ training: true }`. */
export interface LayerCallArguments {
  /** Argument by name. */
  readonly [name: string]: unknown;
}

/** The constructor that {@link layerBase} returns. */
export type LayerBase = (abstract new (
  config?: LayerConfig,
) => layers.Layer) & {
  /** How tfjs makes the layer of a saved model. */
  fromConfig<T extends serialization.Serializable>(
    layerClass: serialization.SerializableConstructor<T>,
    config: serialization.ConfigDict,
  ): T;
};

/**
 * The class that tfjs layers extend, as a value that bundlers can drop.
 *
 * `class X extends layers.Layer` stays in every bundle, because reading a member might do something;
 * `class X extends layerBase()`, with a pure annotation before the call, leaves when nobody uses `X`.
 *
 * @returns `layers.Layer` of tfjs-layers.
 * @example
 * class Halve extends layerBase() {
 *   static className = 'Halve';
 *   override call(inputs: Tensor | Tensor[]) { return div(Array.isArray(inputs) ? inputs[0] : inputs, 2); }
 * }
 * new Halve().apply(tensor1d([1, 4])); // [0.5, 2]
 */
export function layerBase(): LayerBase {
  return layers.Layer;
}

/** The one tensor that a layer is called with, alone or in an array. */
export function onlyTensor(where: string, inputs: Tensor | Tensor[]): Tensor {
  if (!Array.isArray(inputs)) return inputs;
  if (inputs.length !== 1) refuse(where, 'inputs', 'be one tensor', inputs.length);
  return inputs[0]!;
}
