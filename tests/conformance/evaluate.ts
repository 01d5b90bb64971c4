import {
  add,
  dispose as disposeAll,
  mul,
  type Scalar,
  square,
  sum,
  type Tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { useBackend } from 'minimart';
import { HostValues } from './host-values.js';
import type { Doubles } from './references/doubles.js';

/** A function of some variables, made anew on each backend from the same numbers. */
export interface Differentiable {
  /** What gradients are taken with respect to: inputs and weights alike. */
  readonly variables: readonly Variable[];
  output(): Tensor;
  dispose(): void;
}

/** What a function gave on one backend, and the random numbers that its derivatives were taken with. */
export interface Evaluated {
  readonly inputs: readonly Doubles[];
  /** One for each element of the output. */
  readonly weights: Doubles;
  /** A direction in the space of the variables, or of the first of them: the others stay. */
  readonly along: readonly Doubles[];
  readonly output: Doubles;
  /** Of sum(weights * output), by each variable. A gradient of ones alone would hide mistakes that cancel in a sum. */
  readonly first: readonly Doubles[];
  /**
   * Of the slope of sum(weights * (output + output²)) along the direction, by each variable. The square, because what is
   * made of straight pieces has no second derivative of its own.
   */
  readonly second: readonly Doubles[];
}

/** What can be differentiated. */
export interface Orders {
  /** How many times. Default 2. */
  readonly orders?: 0 | 1 | 2;
  /** How many variables, from the first, the gradient is by whose own gradient is taken. Default all. */
  readonly twice?: number;
}

/** Evaluates on `backend` the output and as many orders of derivatives as there are. */
export async function evaluateOn(
  backend: string,
  make: (values: HostValues) => Differentiable,
  { orders = 2, twice }: Orders,
): Promise<Evaluated> {
  await useBackend(backend);
  const values = new HostValues(20_14);
  const { variables, output, dispose } = make(values);
  const results = tidy(() => {
    const value = output();
    const weights = values.tensor(value.shape);
    const along = variables.slice(0, twice).map(({ shape }) => values.tensor(shape));
    const first = () => sum<Scalar>(mul(output(), weights));
    const second = () => slopeAlong(() => squaredSum(output(), weights), variables, along);
    return {
      ...{ inputs: variables.map((each) => each.clone()), weights: [weights], along, output: [value] },
      first: orders > 0 ? gradientsOf(first, variables) : [],
      second: orders > 1 ? gradientsOf(second, variables) : [],
    };
  });
  const read = await readAll(results);
  disposeAll(results);
  dispose();
  return { ...read, weights: read.weights[0], output: read.output[0] };
}

function squaredSum(output: Tensor, weights: Tensor): Scalar {
  return sum(mul(add(output, square(output)), weights));
}

function slopeAlong(value: () => Scalar, variables: readonly Variable[], along: readonly Tensor[]): Scalar {
  const gradients = gradientsOf(value, variables.slice(0, along.length));
  const slopes = gradients.map((gradient, index) => sum<Scalar>(mul(gradient, along[index])));
  return slopes.reduce((total, each) => add(total, each));
}

function gradientsOf(value: () => Scalar, variables: readonly Variable[]): Tensor[] {
  const { grads } = variableGrads(value, [...variables]);
  return variables.map(({ name }) => grads[name]);
}

type Named<T> = Record<'inputs' | 'weights' | 'along' | 'output' | 'first' | 'second', T[]>;

async function readAll(tensors: Named<Tensor>): Promise<Named<Doubles>> {
  const lists = Object.entries(tensors).map(async ([name, list]) => [name, await Promise.all(list.map(toDoubles))]);
  return Object.fromEntries(await Promise.all(lists));
}

async function toDoubles(tensor: Tensor): Promise<Doubles> {
  return { shape: tensor.shape, values: Float64Array.from(await tensor.data()) };
}
