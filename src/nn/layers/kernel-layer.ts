import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { requireOneOf } from '../../internal/require.js';

interface Readable {
  read(): Tensor;
}

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
  return holderOf(layer).kernel.read();
}

/** Runs `call` while the layer reads `kernel` in place of its own. */
export function withKernel<T>(layer: Layer, kernel: Tensor, call: () => T): T {
  const holder = holderOf(layer);
  const own = holder.kernel;
  holder.kernel = { read: () => kernel };
  try {
    return call();
  } finally {
    holder.kernel = own;
  }
}

function holderOf(layer: Layer): { kernel: Readable } {
  if (!holdsKernel(layer)) throw new Error(`The layer '${layer.name}' has no kernel: it is not built.`);
  return layer;
}

function holdsKernel(layer: Layer): layer is Layer & { kernel: Readable } {
  return 'kernel' in layer && layer.kernel !== undefined && layer.kernel !== null;
}
