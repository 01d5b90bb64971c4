import { type GradConfig, reshape, sum, type Tensor } from '@tensorflow/tfjs-core';

/**
 * The gradient of `tile`: the sum over all copies at once. That of tfjs takes a slice and an addition for every copy, and batch
 * normalization tiles its moments over batch and pixels, so that a second derivative through it takes seconds there.
 */
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
