import { div, type GradConfig, Mean, reshape, Sum, type Tensor, tile, util } from '@tensorflow/tfjs-core';

/**
 * The gradients of `sum` and `mean`: what reaches a result goes to all that it was made of. tfjs's own multiply by a tensor of ones,
 * which is made on the host and copied to the device at every call; the numbers are the same.
 */
export function reductionGradients(): readonly GradConfig[] {
  return [
    reductionGradient(Sum, (upstream) => upstream),
    reductionGradient(Mean, (upstream, count) => div(upstream, count)),
  ];
}

/** `share` is what each number gets of the upstream gradient of a result made of `count`. */
function reductionGradient(kernelName: string, share: (upstream: Tensor, count: number) => Tensor): GradConfig {
  return {
    kernelName,
    inputsToSave: ['x'],
    gradFunc: (upstream, saved, attributes) => {
      const { shape } = saved[0]!;
      const reduced = new Set(util.parseAxisParam(attributes.axis as number | number[], shape));
      const kept = shape.map((size, axis) => (reduced.has(axis) ? 1 : size));
      const times = shape.map((size, axis) => (reduced.has(axis) ? size : 1));
      const count = util.sizeFromShape(times);
      return { x: () => spread(reshape(share(upstream as Tensor, count), kept), times) };
    },
  };
}

function spread(values: Tensor, times: number[]): Tensor {
  return times.every((each) => each === 1) ? values : tile(values, times);
}
