import {
  dispose as disposeAll,
  mul,
  type Scalar,
  sum,
  type Tensor,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { useBackend } from 'minimart';
import { type ConformanceCheck, requireWithin } from './conformance-check.js';
import { HostValues } from './host-values.js';
import { relativeDifference } from './relative-difference.js';

/** A function of some variables, made anew on each backend from the same numbers. */
export interface Differentiable {
  /** What gradients are taken with respect to: inputs and weights alike. */
  readonly variables: readonly Variable[];
  output(): Tensor;
  dispose(): void;
}

interface GradientCase {
  readonly name: string;
  make(values: HostValues): Differentiable;
  /** Relative L2 distance from cpu. Default 2e-5: several operations make a step, which may differ by 1e-4. */
  readonly tolerance?: number;
}

type Evaluated = readonly { readonly what: string; readonly values: ArrayLike<number> }[];

/** Compares the output of a function, and its gradient with respect to every variable, with those on cpu. */
export function gradientCheck({ name, make, tolerance = 2e-5 }: GradientCase): ConformanceCheck {
  let reference: Promise<Evaluated> | undefined;
  return {
    name,
    async run(backend) {
      reference ??= evaluateOn('cpu', make);
      const expected = await reference;
      const actual = await evaluateOn(backend, make);
      for (const [index, { what, values }] of expected.entries()) {
        // cpu against itself: one backend gives the same bits run to run.
        const allowed = backend === 'cpu' ? 0 : tolerance;
        requireWithin(`${name}: ${what}`, relativeDifference(actual[index]!.values, values), allowed);
      }
    },
  };
}

async function evaluateOn(backend: string, make: GradientCase['make']): Promise<Evaluated> {
  await useBackend(backend);
  const values = new HostValues(20_14);
  const { variables, output, dispose } = make(values);
  const results = tidy(() => {
    const value = output();
    if (variables.length === 0) return [{ what: 'output', tensor: value }];
    // A gradient of ones alone would hide mistakes that cancel in a sum.
    const weights = values.tensor(value.shape);
    const { grads } = variableGrads(() => sum<Scalar>(mul(output(), weights)), [...variables]);
    const named = variables.map((each, index) => ({ what: `gradient ${index}`, tensor: grads[each.name]! }));
    return [{ what: 'output', tensor: value }, ...named];
  });
  const read = await Promise.all(results.map(async ({ what, tensor }) => ({ what, values: await tensor.data() })));
  disposeAll(results.map(({ tensor }) => tensor));
  dispose();
  return read;
}
