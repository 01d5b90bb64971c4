/** A GAN of dense layers: sizes from noise to sample and from sample to logit. */
export interface DenseGan {
  readonly kind: 'dense';
  readonly batchSize: number;
  readonly generator: readonly number[];
  readonly discriminator: readonly number[];
  readonly outputActivation: 'sigmoid' | 'linear';
}

/** A GAN of strided convolutions, batch normalization in the generator, sigmoid at its end. */
export interface ConvGan {
  readonly kind: 'conv';
  readonly batchSize: number;
  readonly latentSize: number;
  /** Channels before each doubling, coarse to fine. */
  readonly generator: readonly number[];
  /** Channels after each halving, fine to coarse. */
  readonly discriminator: readonly number[];
  /** Height, width and channels of a sample. */
  readonly sample: readonly [number, number, number];
  readonly kernelSize: number;
}

/**
 * What every contender trains. Common to all: non-saturating loss on logits, Adam (2e-4, beta1 0.5, beta2 0.999,
 * epsilon 1e-7), relu in the generator, leaky relu 0.2 in the discriminator, one update of each network per step on
 * noise of its own, both losses read after every step.
 */
export type GanWork = DenseGan | ConvGan;

export const ganWorks = {
  A: {
    kind: 'dense',
    batchSize: 128,
    generator: [784, 256, 512, 1024, 784],
    discriminator: [784, 1024, 512, 256, 1],
    outputActivation: 'sigmoid',
  },
  B: {
    kind: 'dense',
    batchSize: 256,
    generator: [64, 256, 256, 2],
    discriminator: [2, 256, 256, 1],
    outputActivation: 'linear',
  },
  D: {
    kind: 'conv',
    batchSize: 64,
    latentSize: 100,
    generator: [128, 64],
    discriminator: [64, 128],
    sample: [28, 28, 1],
    kernelSize: 4,
  },
} as const satisfies Record<string, GanWork>;

export function latentSize(work: GanWork): number {
  return work.kind === 'dense' ? work.generator[0]! : work.latentSize;
}

export function sampleShape(work: GanWork): number[] {
  return work.kind === 'dense' ? [work.discriminator[0]!] : [...work.sample];
}
