import { fileURLToPath } from 'node:url';

/** The sizes of both networks and how they are trained. */
export interface Recipe {
  readonly latentSize: number;
  readonly generator: { readonly hidden: readonly number[] } | { readonly filters: readonly number[] };
  readonly discriminator: { readonly hidden: readonly number[] } | { readonly filters: readonly number[] };
  /** Both of the discriminator. */
  readonly normalization: 'none' | 'batch';
  readonly dropout: number;
  readonly learningRate: number;
  readonly labelSmoothing: number;
  /** Decay of the moving average of the generator's weights, which draws the pictures. */
  readonly averaging: number;
  readonly batchSize: number;
  readonly epochs: number;
}

/** A recipe, and what else a run needs to know. */
export interface Settings extends Recipe {
  readonly network: 'dense' | 'conv';
  readonly backend: string;
  readonly seed: number;
  /** Ends the run after so many steps, whatever `epochs` says. */
  readonly steps?: number;
  readonly data: string;
  readonly out: string;
  /** Goes on with a stopped run, if there is one in `out`. */
  readonly resume: boolean;
  /** Steps from one set of pictures to the next. */
  readonly pictureEvery: number;
}

/**
 * Chosen by looking at the pictures. Batch normalization in the discriminator lets the convolutional pair draw garments
 * within 1,000 steps; in the dense pair it leaves stray dots in the corners.
 */
export const recipes: Readonly<Record<'dense' | 'conv', Recipe>> = {
  dense: {
    latentSize: 64,
    generator: { hidden: [256, 512] },
    discriminator: { hidden: [512, 256] },
    normalization: 'none',
    dropout: 0.15,
    learningRate: 1e-3,
    labelSmoothing: 0.1,
    averaging: 0.995,
    batchSize: 64,
    epochs: 20,
  },
  conv: {
    latentSize: 64,
    generator: { filters: [64, 32] },
    discriminator: { filters: [32, 64] },
    normalization: 'batch',
    dropout: 0.3,
    learningRate: 5e-4,
    labelSmoothing: 0.1,
    averaging: 0.99,
    batchSize: 64,
    epochs: 10,
  },
};

export const common = {
  network: 'dense',
  backend: 'wasm',
  seed: 7,
  data: fileURLToPath(new URL('../data/fashion-mnist', import.meta.url)),
  out: 'out',
  pictureEvery: 200,
} as const;
