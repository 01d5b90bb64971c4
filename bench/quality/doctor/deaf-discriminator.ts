import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { buildDiscriminator } from '../../../src/index.js';

/** A conditional discriminator of points that multiplies its condition by a frozen zero. */
export function deafDiscriminator(classes: number, seed: number): LayersModel {
  const samples = input({ shape: [2] });
  const condition = input({ shape: [classes] });
  const silent = layers.dense({ units: 1, useBias: false, kernelInitializer: 'zeros', trainable: false });
  const judge = buildDiscriminator({ inputShape: [2], hidden: [64, 64], seed });
  const parts = [judge.apply(samples), silent.apply(condition)] as SymbolicTensor[];
  return model({ inputs: [samples, condition], outputs: layers.add().apply(parts) as SymbolicTensor });
}
