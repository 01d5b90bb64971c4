import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import { type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { requireOneOf } from '../../internal/require.js';

type Layer = layers.Layer;

const makers: Readonly<Record<string, (config: never) => Layer>> = {
  Dense: (config) => layers.dense(config),
  Conv2D: (config) => layers.conv2d(config),
  Conv2DTranspose: (config) => layers.conv2dTranspose(config),
};

/** Refuses a layer that is none of dense, conv2d and conv2dTranspose. */
export function requireKernelLayer(where: string, name: string, layer: Layer): void {
  const className = typeof layer?.getClassName === 'function' ? layer.getClassName() : layer;
  requireOneOf(where, name, Object.keys(makers), className);
}

/** Makes such a layer from what a saved model holds of it. */
export function kernelLayerFrom(where: string, { className, config }: serialization.ConfigDict): Layer {
  requireOneOf(where, 'layer', Object.keys(makers), className);
  return makers[className as string]!(config as never);
}

/** What a saved model is to hold of such a layer. */
export function savedKernelLayer(layer: Layer): serialization.ConfigDict {
  return { className: layer.getClassName(), config: layer.getConfig() };
}

/** Whether the kernel is `[…, out, in]` as in a transposed convolution, and not `[…, in, out]`. */
export function hasOutputsBeforeInputs(layer: Layer): boolean {
  return layer.getClassName() === 'Conv2DTranspose';
}

/** The kernel of a layer that is built: a variable of tfjs. */
export function kernelOf(layer: Layer): Tensor {
  if (!holdsKernel(layer)) throw new Error(`The layer '${layer.name}' has no kernel: it is not built.`);
  return layer.kernel.read();
}

function holdsKernel(layer: Layer): layer is Layer & { readonly kernel: Pick<LayerVariable, 'read'> } {
  return 'kernel' in layer && layer.kernel !== undefined && layer.kernel !== null;
}
