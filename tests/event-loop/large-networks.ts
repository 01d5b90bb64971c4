import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';

/** Some 2,400,000 weights, which are made at once: zeros take no time. */
export function largeNetwork(): LayersModel {
  const dense = (units: number, inputShape?: number[]) =>
    layers.dense({ units, kernelInitializer: 'zeros', ...(inputShape && { inputShape }) });
  return sequential({ layers: [dense(1200, [64]), dense(1200), dense(784)] });
}
