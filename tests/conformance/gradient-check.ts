import { type ConformanceCheck, requireWithin } from './conformance-check.js';
import { type Differentiable, type Evaluated, evaluateOn, type Orders } from './evaluate.js';
import type { HostValues } from './host-values.js';
import { expectedOf, type ReferenceTolerances, requireReference } from './reference-check.js';
import type { Doubles, Reference } from './references/doubles.js';
import { relativeDifference } from './relative-difference.js';

/** A row of the table about a function that can be differentiated. */
export interface GradientCase extends Orders {
  readonly name: string;
  make(values: HostValues): Differentiable;
  /** The same function in double precision. */
  readonly reference: Reference;
  /** Relative L2 distance from cpu. Default 2e-5: several operations make a step, which may differ by 1e-4. */
  readonly tolerance?: number;
  /** Relative L2 distances from double precision. */
  readonly tolerances?: Partial<ReferenceTolerances>;
}

// About ten times the largest that was seen on four backends. The largest of the second order are where terms of the
// size of a logit cancel.
const usual: ReferenceTolerances = { output: 1e-5, first: 1e-5, second: 1e-4 };

/** Compares a function, its gradient and the gradient's own gradient with double precision and with cpu. */
export function gradientCheck(subject: GradientCase): ConformanceCheck {
  const { name, make, reference, tolerance = 2e-5 } = subject;
  let onCpu: Promise<Evaluated> | undefined;
  return {
    name,
    async run(backend) {
      onCpu ??= evaluateOn('cpu', make, subject);
      const cpu = await onCpu;
      const actual = await evaluateOn(backend, make, subject);
      requireReference(name, actual, expectedOf(reference, cpu), { ...usual, ...subject.tolerances });
      // cpu against itself: one backend gives the same bits run to run.
      requireSame(name, actual, cpu, backend === 'cpu' ? 0 : tolerance);
    },
  };
}

function requireSame(name: string, actual: Evaluated, cpu: Evaluated, allowed: number): void {
  const require = (what: string, one: Doubles, other: Doubles) =>
    requireWithin(`${name}: ${what}, from cpu`, relativeDifference(one.values, other.values), allowed);
  require('output', actual.output, cpu.output);
  for (const kind of ['first', 'second'] as const) {
    for (const [index, values] of cpu[kind].entries()) {
      require(`${kind} derivative by input ${index}`, actual[kind][index], values);
    }
  }
}
