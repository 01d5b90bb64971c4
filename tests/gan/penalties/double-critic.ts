import { leakyRelu } from '../../conformance/references/activations.js';
import { conv2d, withBias } from '../../conformance/references/convolutions.js';
import { matMul } from '../../conformance/references/dense.js';
import { type Doubles, map, reshape } from '../../conformance/references/doubles.js';

/** The logits of `convCritic` in double precision, from its weights in their order. */
export function doubleLogits(samples: Doubles, weights: readonly Doubles[]): Float64Array {
  const [first, firstBias, second, secondBias, last] = weights;
  const layer = (x: Doubles, filter: Doubles, bias: Doubles) =>
    map(withBias(conv2d(x, filter, { stride: 2, pad: 'same' }), bias), leakyRelu);
  const hidden = layer(layer(samples, first, firstBias), second, secondBias);
  return matMul(reshape(hidden, [samples.shape[0], hidden.values.length / samples.shape[0]]), last).values;
}

/** How long the gradient of the logit by each sample is, by central differences. */
export function doubleSlopeNorms(samples: Doubles, weights: readonly Doubles[], step = 1e-6): number[] {
  const [count, ...shape] = samples.shape;
  const size = samples.values.length / count;
  return Array.from({ length: count }, (_, sample) => {
    const values = samples.values.subarray(sample * size, (sample + 1) * size);
    // The sample moved along each of its axes, forwards and then back.
    const moved = [step, -step].flatMap((by) =>
      Array.from({ length: size }, (__, axis) => values.map((each, place) => (place === axis ? each + by : each))),
    );
    const batch = { shape: [2 * size, ...shape], values: Float64Array.from(moved.flatMap((each) => [...each])) };
    const logits = doubleLogits(batch, weights);
    return Math.hypot(...Array.from({ length: size }, (__, axis) => (logits[axis] - logits[size + axis]) / (2 * step)));
  });
}

/** The slope of a function of weights along a direction, by central differences. */
export function slopeAlong(
  f: (weights: readonly Doubles[]) => number,
  weights: readonly Doubles[],
  direction: readonly Float64Array[],
  step = 1e-4,
): number {
  const moved = (by: number) =>
    weights.map(({ shape, values }, index) => ({
      shape,
      values: values.map((each, place) => each + by * direction[index][place]),
    }));
  return (f(moved(step)) - f(moved(-step))) / (2 * step);
}
