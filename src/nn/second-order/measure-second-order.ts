import { add, grads, mul, type Scalar, square, sub, sum, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { createRng, type Rng } from '../../random/rng.js';
import { keepState } from '../gradients/keep-state.js';
import { ownState } from '../models/model-variables.js';

const trials = 5;
const step = 1e-3;
// Few, so that hardly a kink lies on the way, where differences mean nothing.
const movedNumbers = 4;

/**
 * Measures the second derivatives of one layer, as it stands in its model, against central differences of its first ones:
 *
 *     |H v - (g(x + s v) - g(x - s v)) / (2 s)| / |…|,   g the gradient of sum of w * layer(x)^2, H that of g . v
 *
 * at normal inputs x and weights w, in a direction v of a few components: the median of five draws. It moves no state.
 *
 * @returns The relative error: below 0.01 where derivatives are right. NaN where it cannot be measured, because the layer
 *   draws anew at each call or takes no floats.
 * @throws Error of tfjs, where the layer has no second derivatives.
 */
export async function measureSecondOrder(layer: layers.Layer): Promise<number> {
  const rng = createRng(1).stream('second-order');
  const errors: number[] = [];
  for (let trial = 0; trial < trials; trial += 1) errors.push(await errorOf(layer, rng));
  return errors.some(Number.isNaN) ? Number.NaN : errors.sort((a, b) => a - b)[trials >> 1]!;
}

async function errorOf(layer: layers.Layer, rng: Rng): Promise<number> {
  const node = layer.inboundNodes[0];
  if (!node || node.inputTensors.some(({ dtype }) => dtype !== 'float32')) return Number.NaN;
  const parts = tidy(() =>
    keepState(ownState(layer), () => {
      const points = node.inputShapes.map((shape) => normal(sizesOf(shape), rng));
      const weights = outputsOf(layer, points, node.callArgs).map(({ shape }) => normal(shape, rng));
      const directions = points.map(({ shape }) => fewNumbers(shape, rng));
      const value = (...xs: Tensor[]) =>
        sumOf(outputsOf(layer, xs, node.callArgs).map((y, index) => mul(weights[index]!, square(y))));
      const along = (by: number) => grads(value)(points.map((x, index) => add(x, mul(directions[index]!, by))));
      const slope = (...xs: Tensor[]) => sumOf(grads(value)(xs).map((each, index) => mul(each, directions[index]!)));
      const exact = grads(slope)(points);
      const [ahead, behind, here, again] = [along(step), along(-step), along(0), along(0)];
      const measured = ahead.map((each, index) => mul(sub(each, behind[index]!), 1 / (2 * step)));
      const pairs = [exact.map((each, index) => sub(each, measured[index]!)), measured];
      const unsteady = here.map((each, index) => sub(each, again[index]!));
      return [...pairs, unsteady, here].map((list) => sumOf(list.map((each) => square(each))));
    }),
  );
  try {
    const [off, size, shaken, whole] = await Promise.all(parts.map(async (each) => (await each.data())[0]!));
    if (shaken! > 1e-8 * whole!) return Number.NaN;
    return off! === 0 ? 0 : Math.sqrt(off! / size!);
  } finally {
    for (const each of parts) each.dispose();
  }
}

function outputsOf(layer: layers.Layer, inputs: Tensor[], callArguments: object = {}): Tensor[] {
  const given = { ...callArguments, training: true };
  return [layer.apply(inputs.length === 1 ? inputs[0]! : inputs, given) as Tensor | Tensor[]].flat();
}

function sumOf(list: readonly Tensor[]): Scalar {
  return list.map((each) => sum<Scalar>(each)).reduce((total, each) => add(total, each));
}

// Two samples; sizes that are open otherwise are 4.
function sizesOf(shape: unknown): number[] {
  return (shape as readonly (number | null)[]).map((size, axis) => size ?? (axis === 0 ? 2 : 4));
}

function normal(shape: readonly number[], rng: Rng): Tensor {
  const size = shape.reduce((product, each) => product * each, 1);
  return tensor(rng.fillNormal(new Float32Array(size)), [...shape]);
}

function fewNumbers(shape: readonly number[], rng: Rng): Tensor {
  const values = new Float32Array(shape.reduce((product, each) => product * each, 1));
  for (let count = 0; count < movedNumbers; count += 1) values[rng.integer(values.length)] = 1;
  return tensor(values, [...shape]);
}
