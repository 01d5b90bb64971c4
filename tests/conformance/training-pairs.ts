import type { LayersModel } from '@tensorflow/tfjs-layers';
import { buildDiscriminator, buildGenerator } from 'minimart';
import { HostValues } from './host-values.js';

/** A small pair to train, with the shape of its samples. */
export interface TrainingPair {
  readonly name: string;
  readonly sampleShape: readonly number[];
  readonly batchSize: number;
  /** Classes of a conditional pair, which samples have in turn. */
  readonly classes?: number;
  make(): Networks;
}

export interface Networks {
  readonly generator: LayersModel;
  readonly discriminator: LayersModel;
}

export const trainingPairs: readonly TrainingPair[] = [
  {
    name: 'dense pair',
    sampleShape: [12],
    batchSize: 8,
    make: () => ({
      generator: buildGenerator({
        latentSize: 6,
        hidden: [24, 32],
        outputShape: [12],
        outputActivation: 'tanh',
        normalization: 'batch',
      }),
      discriminator: buildDiscriminator({ inputShape: [12], hidden: [32, 24], dropout: 0.3 }),
    }),
  },
  {
    name: 'convolutional pair',
    sampleShape: [12, 12, 1],
    batchSize: 4,
    make: () => ({
      generator: buildGenerator({
        latentSize: 6,
        filters: [8, 8],
        outputShape: [12, 12, 1],
        outputActivation: 'tanh',
        normalization: 'batch',
      }),
      discriminator: buildDiscriminator({ inputShape: [12, 12, 1], filters: [8, 8], dropout: 0.3 }),
    }),
  },
  {
    name: 'conditional pair by embedding and projection',
    sampleShape: [8, 8, 1],
    batchSize: 4,
    classes: 3,
    make: () => ({
      generator: buildGenerator({
        latentSize: 6,
        filters: [8, 8],
        outputShape: [8, 8, 1],
        outputActivation: 'tanh',
        condition: { size: 3, join: 'embedding' },
      }),
      discriminator: buildDiscriminator({
        inputShape: [8, 8, 1],
        filters: [8, 8],
        condition: { size: 3, join: 'projection' },
      }),
    }),
  },
  {
    name: 'conditional pair by concatenation',
    sampleShape: [8, 8, 1],
    batchSize: 4,
    classes: 3,
    make: () => ({
      generator: buildGenerator({ latentSize: 6, hidden: [16], outputShape: [8, 8, 1], condition: { size: 3 } }),
      discriminator: buildDiscriminator({ inputShape: [8, 8, 1], filters: [8, 8], condition: { size: 3 } }),
    }),
  },
];

/** The article's pair, in small batches: wide enough to amplify what differs, and slow on cpu. */
export const articlePair: TrainingPair = {
  name: "the article's pair",
  sampleShape: [784],
  batchSize: 8,
  make: () => ({
    generator: buildGenerator({
      latentSize: 784,
      hidden: [256, 512, 1024],
      outputShape: [784],
      outputActivation: 'tanh',
    }),
    discriminator: buildDiscriminator({ inputShape: [784], hidden: [1024, 512, 256] }),
  }),
};

/** Four batches of samples in the range of tanh, as they come from a caller. */
export function samplesFor({ sampleShape, batchSize }: TrainingPair): { values: Float32Array; shape: number[] } {
  const shape = [4 * batchSize, ...sampleShape];
  const count = shape.reduce((product, each) => product * each, 1);
  return { values: new HostValues(5).numbers(count), shape };
}

/** The classes of those samples, for a conditional pair. */
export function conditionsFor({ batchSize, classes }: TrainingPair): number[] | undefined {
  return classes === undefined ? undefined : Array.from({ length: 4 * batchSize }, (_, sample) => sample % classes);
}

export function disposeAll({ generator, discriminator }: Networks): void {
  generator.dispose();
  discriminator.dispose();
}
