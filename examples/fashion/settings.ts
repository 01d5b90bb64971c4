import { fileURLToPath } from 'node:url';

/** How a pair is trained, and what is to say of it. */
export interface Recipe {
  readonly latentSize: number;
  readonly generator: Sizes;
  readonly discriminator: Sizes;
  /** Both of the discriminator. */
  readonly normalization: 'none' | 'batch';
  readonly dropout: number;
  /** Of the generator and of the discriminator. */
  readonly learningRates: readonly [number, number];
  readonly loss: Loss;
  /** Decay of the moving average of the generator's weights, which draws the pictures. */
  readonly averaging: number;
  /** Whether the pair is told which garment each picture shows, and which to draw. */
  readonly asked: boolean;
  readonly batchSize: number;
  readonly epochs: number;
  /** Steps from one set of pictures to the next. */
  readonly pictureEvery: number;
}

export type Sizes = { readonly hidden: readonly number[] } | { readonly filters: readonly number[] };

/** One-sided smoothing of the non-saturating loss, or weight and rhythm of R1 and R2 beside relativistic pairing. */
export type Loss = { readonly smoothing: number } | { readonly weight: number; readonly every: number };

export type Network = 'recommended' | 'dense' | 'conv';

/** A recipe, and what else a run needs to know. */
export interface Settings extends Recipe {
  readonly network: Network;
  readonly backend: string;
  readonly seed: number;
  /** Ends the run after so many steps, whatever `epochs` says. */
  readonly steps?: number;
  readonly data: string;
  readonly out: string;
  /** Goes on with a stopped run, if there is one in `out`. */
  readonly resume: boolean;
}

/**
 * Chosen by looking at the pictures, and by their distance to real ones. `recommended` is `recommendedGan` with the ten garments as its
 * condition. Batch normalization in the discriminator lets convolutional pairs draw garments within 1,000 steps; in the dense
 * pair it leaves stray dots in the corners.
 */
export const recipes: Readonly<Record<Network, Recipe>> = {
  recommended: {
    latentSize: 64,
    generator: { filters: [64, 32] },
    discriminator: { filters: [32, 64] },
    normalization: 'batch',
    dropout: 0,
    learningRates: [2e-3, 1e-3],
    loss: { weight: 0.02, every: 16 },
    averaging: 0.999,
    asked: true,
    batchSize: 64,
    epochs: 5,
    pictureEvery: 50,
  },
  dense: {
    latentSize: 64,
    generator: { hidden: [256, 512] },
    discriminator: { hidden: [512, 256] },
    normalization: 'none',
    dropout: 0.15,
    learningRates: [1e-3, 1e-3],
    loss: { smoothing: 0.1 },
    averaging: 0.995,
    asked: false,
    batchSize: 64,
    epochs: 20,
    pictureEvery: 200,
  },
  conv: {
    latentSize: 64,
    generator: { filters: [64, 32] },
    discriminator: { filters: [32, 64] },
    normalization: 'batch',
    dropout: 0.3,
    learningRates: [5e-4, 5e-4],
    loss: { smoothing: 0.1 },
    averaging: 0.99,
    asked: false,
    batchSize: 64,
    epochs: 10,
    pictureEvery: 200,
  },
};

export const common = {
  network: 'recommended',
  backend: 'wasm',
  seed: 7,
  data: fileURLToPath(new URL('../data/fashion-mnist', import.meta.url)),
  out: 'out',
} as const;
