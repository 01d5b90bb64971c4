import { type DotProductStep, type DotProductWeights, dotProductPass } from './dot-product-pass.js';
import type { SampleBlock } from './sample-blocks.js';

/** Trains a dot product on one block of samples after another. */
export interface DotProductTrainer {
  /** One step for each sample, as {@link dotProductPass}; returns the sum of their losses. */
  pass(samples: SampleBlock, step: DotProductStep): number;
  /** Writes what was learned into the weights that the trainer was made for, which may lag behind until then. */
  writeBack(): void;
}

/**
 * Makes a trainer in WebAssembly where that is to be had, which does three to four samples in the time of one in
 * JavaScript; else one in JavaScript. They differ by rounding.
 *
 * @param blockSize - Most samples of a block.
 */
export async function createDotProductTrainer(
  weights: DotProductWeights,
  blockSize: number,
): Promise<DotProductTrainer> {
  const { createWasmDotProduct } = await import('./wasm-dot-product.js');
  return (await createWasmDotProduct(weights, blockSize)) ?? scriptTrainer(weights);
}

/** The trainer in JavaScript, which works on the weights themselves. */
export function scriptTrainer(weights: DotProductWeights): DotProductTrainer {
  return { pass: (samples, step) => dotProductPass(weights, samples, step), writeBack: () => undefined };
}
