import {
  add,
  grads,
  mul,
  type Scalar,
  sum,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { createRng } from '../../src/random/rng.js';

/** A scalar function of tensors, made of tfjs operations. */
export type ScalarFunction = (...inputs: Tensor[]) => Scalar;

/** A slope by tfjs's gradients, and the same by finite differences. */
export interface Comparison {
  readonly exact: number;
  readonly differences: number;
}

/** How far to step (default 0.01, where float32 rounding and curvature both stay small), and which random direction. */
export interface ComparisonOptions {
  readonly step?: number;
  readonly seed?: number;
}

/** The slope of a plain function at x by central differences in double precision. */
export function slopeAt(f: (x: number) => number, x: number, step = 1e-5): number {
  return (f(x + step) - f(x - step)) / (2 * step);
}

/** The curvature of a plain function at x by central differences in double precision. */
export function curvatureAt(f: (x: number) => number, x: number, step = 1e-4): number {
  return (f(x + step) - 2 * f(x) + f(x - step)) / (step * step);
}

/** How far two slopes are apart, relative to the larger one; 0 when both are 0. */
export function relativeError({ exact, differences }: Comparison): number {
  const scale = Math.max(Math.abs(exact), Math.abs(differences));
  return scale === 0 ? 0 : Math.abs(exact - differences) / scale;
}

/**
 * The same along several random directions, as the root of the sum of squares: the slope along a single one may happen to
 * be close to 0.
 */
export async function relativeErrorAlong(
  compare: (seed: number) => Promise<Comparison>,
  seeds: readonly number[] = [1, 2, 3],
): Promise<number> {
  let apart = 0;
  let scale = 0;
  for (const seed of seeds) {
    const { exact, differences } = await compare(seed);
    apart += (exact - differences) ** 2;
    scale += Math.max(exact ** 2, differences ** 2);
  }
  return scale === 0 ? 0 : Math.sqrt(apart / scale);
}

/** The slope of `value` along a random direction in the space of `variables`, which are put back afterwards. */
export async function compareGradient(
  value: () => Scalar,
  variables: readonly Variable[],
  { step = 1e-2, seed = 1 }: ComparisonOptions = {},
): Promise<Comparison> {
  const direction = randomLike(variables, `direction/${seed}`);
  const exact = await read(() => {
    const { grads: gradients } = variableGrads(value, [...variables]);
    return dot(
      variables.map((each) => gradients[each.name]!),
      direction,
    );
  });
  const saved = variables.map((each) => each.clone());
  const valueAt = (by: number) => {
    tidy(() =>
      assignAll(
        variables,
        saved.map((each, index) => add(each, mul(direction[index]!, by))),
      ),
    );
    return read(value);
  };
  const differences = ((await valueAt(step)) - (await valueAt(-step))) / (2 * step);
  assignAll(variables, saved);
  for (const each of [...direction, ...saved]) each.dispose();
  return { exact, differences };
}

/** The slope of `f` at `inputs` along a random direction. */
export function compareFirstOrder(f: ScalarFunction, inputs: readonly Tensor[], options?: ComparisonOptions) {
  return withVariables(inputs, (variables) => compareGradient(() => f(...variables), variables, options));
}

/**
 * The slope of `<gradient of f, u>` at `inputs` along a random direction v, with u another one: u' H v with the matrix H of
 * second derivatives.
 */
export async function compareSecondOrder(
  f: ScalarFunction,
  inputs: readonly Tensor[],
  options: ComparisonOptions = {},
): Promise<Comparison> {
  const weights = randomLike(inputs, `weights/${options.seed ?? 1}`);
  const compared = await withVariables(inputs, (variables) =>
    compareGradient(() => dot(grads(f)([...variables]), weights), variables, options),
  );
  for (const each of weights) each.dispose();
  return compared;
}

/** `sum of |gradient of sum(f) by x|^2`: the core of an exact gradient penalty, as a function of the weights of f. */
export function gradientPenalty(f: (x: Tensor) => Tensor, x: Tensor): () => Scalar {
  return () => {
    const slope = grads((input: Tensor) => sum(f(input)))([x])[0]!;
    return sum(mul(slope, slope));
  };
}

function assignAll(variables: readonly Variable[], values: readonly Tensor[]): void {
  variables.forEach((each, index) => {
    each.assign(values[index]!);
  });
}

async function withVariables(
  inputs: readonly Tensor[],
  run: (variables: Variable[]) => Promise<Comparison>,
): Promise<Comparison> {
  const variables = inputs.map((each) => variable(each));
  try {
    return await run(variables);
  } finally {
    for (const each of variables) each.dispose();
  }
}

function randomLike(tensors: readonly Tensor[], name: string): Tensor[] {
  const rng = createRng(20).stream(name);
  return tensors.map((each) => tensor(rng.fillNormal(new Float32Array(each.size)), each.shape));
}

function dot(left: readonly Tensor[], right: readonly Tensor[]): Scalar {
  return left.map((each, index) => sum<Scalar>(mul(each, right[index]!))).reduce((total, each) => add(total, each));
}

async function read(run: () => Scalar): Promise<number> {
  const result = tidy(run);
  try {
    return (await result.data())[0]!;
  } finally {
    result.dispose();
  }
}
