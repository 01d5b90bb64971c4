import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import type { ConvGan, DenseGan, GanWork } from '../rows/gan-work.js';

/** The two networks of a row, written with tfjs-layers as its own examples do. */
export function stockModels(work: GanWork): { generator: Sequential; discriminator: Sequential } {
  if (work.kind === 'conv') return { generator: convGenerator(work), discriminator: convDiscriminator(work) };
  return { generator: denseGenerator(work), discriminator: denseDiscriminator(work) };
}

function denseGenerator({ generator: [input, ...sizes], outputActivation }: DenseGan): Sequential {
  const model = sequential();
  sizes.forEach((units, index) => {
    const activation = index === sizes.length - 1 ? outputActivation : 'relu';
    model.add(layers.dense({ units, activation, inputShape: index === 0 ? [input!] : undefined }));
  });
  return model;
}

function denseDiscriminator({ discriminator: [input, ...sizes] }: DenseGan): Sequential {
  const model = sequential();
  sizes.forEach((units, index) => {
    model.add(layers.dense({ units, inputShape: index === 0 ? [input!] : undefined }));
    if (index < sizes.length - 1) model.add(layers.leakyReLU({ alpha: 0.2 }));
  });
  return model;
}

function convGenerator({ latentSize, generator: filters, sample, kernelSize }: ConvGan): Sequential {
  const [height, width, channels] = sample;
  const coarse = [height / 2 ** filters.length, width / 2 ** filters.length, filters[0]!];
  const model = sequential();
  model.add(layers.dense({ units: coarse[0]! * coarse[1]! * coarse[2]!, inputShape: [latentSize], useBias: false }));
  model.add(layers.batchNormalization());
  model.add(layers.reLU());
  model.add(layers.reshape({ targetShape: coarse }));
  const doubling = { kernelSize, strides: 2, padding: 'same' } as const;
  for (const count of filters.slice(1)) {
    model.add(layers.conv2dTranspose({ ...doubling, filters: count, useBias: false }));
    model.add(layers.batchNormalization());
    model.add(layers.reLU());
  }
  model.add(layers.conv2dTranspose({ ...doubling, filters: channels, activation: 'sigmoid' }));
  return model;
}

function convDiscriminator({ discriminator: filters, sample, kernelSize }: ConvGan): Sequential {
  const model = sequential();
  filters.forEach((count, index) => {
    const inputShape = index === 0 ? [...sample] : undefined;
    model.add(layers.conv2d({ filters: count, kernelSize, strides: 2, padding: 'same', inputShape }));
    model.add(layers.leakyReLU({ alpha: 0.2 }));
  });
  model.add(layers.flatten());
  model.add(layers.dense({ units: 1 }));
  return model;
}
