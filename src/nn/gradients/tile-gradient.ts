import { type GradConfig, getGradient, registerGradient, reshape, sum, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Runs `record` with a gradient of `tile` that adds copies up in one sum, in place of tfjs's, which takes a slice and an
 * addition for every copy: batch normalization tiles its moments over batch and pixels, so that a second derivative
 * through it takes seconds there. The numbers are the same up to rounding. What the tape holds keeps this gradient; tfjs has
 * its own back afterwards, and other code never meets this one.
 */
export function withFastTileGradient<T>(record: () => T): T {
  const standard = getGradient('Tile');
  registerGradient(tileGradient());
  try {
    return record();
  } finally {
    if (standard) registerGradient(standard);
  }
}

/** The gradient of `tile`: the sum over all copies. */
export function tileGradient(): GradConfig {
  return {
    kernelName: 'Tile',
    inputsToSave: ['x'],
    gradFunc: (upstream, saved, attributes) => {
      const { shape } = saved[0]!;
      return { x: () => sumCopies(upstream as Tensor, shape, attributes.reps as number[]) };
    },
  };
}

// [copies, size] stands for each axis with copies, and nothing for sizes of 1, so that few axes are left.
function sumCopies(upstream: Tensor, shape: readonly number[], reps: readonly number[]): Tensor {
  const sizes: number[] = [];
  const copies: number[] = [];
  shape.forEach((size, axis) => {
    if (reps[axis]! > 1) copies.push(sizes.push(reps[axis]!) - 1);
    if (size > 1) sizes.push(size);
  });
  const total = copies.length === 0 ? upstream : sum(reshape(upstream, sizes), copies);
  return reshape(total, [...shape]);
}
