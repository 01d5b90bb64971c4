import { dispose, type Tensor } from '@tensorflow/tfjs-core';
import type { ConformanceCheck } from './conformance-check.js';
import type { Orders } from './evaluate.js';
import { gradientCheck } from './gradient-check.js';
import type { Reference } from './references/doubles.js';

/** An operation of tfjs to check. */
export interface OpCase extends Orders {
  readonly name: string;
  /** One shape per input: `'4x3 3'` is a `[4, 3]` and a `[3]`. */
  readonly inputs: string;
  /** Range of the inputs. Default -1 to 1. */
  readonly range?: readonly [number, number];
  run(...inputs: Tensor[]): Tensor;
  /** The same in double precision. */
  readonly reference: Reference;
}

/** Output, and derivatives with respect to every input. */
export function opCheck({ name, inputs, range = [-1, 1], run, ...rest }: OpCase): ConformanceCheck {
  return gradientCheck({
    ...rest,
    name: `op: ${name}`,
    make: (values) => {
      const made = inputs.split(' ').map((shape) => values.variable(shape.split('x').map(Number), ...range));
      return { variables: made, output: () => run(...made), dispose: () => dispose(made) };
    },
  });
}
