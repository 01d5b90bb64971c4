import { requireWithin } from './conformance-check.js';
import type { Evaluated } from './evaluate.js';
import { HostValues } from './host-values.js';
import type { Doubles, Reference } from './references/doubles.js';
import { relativeDifference } from './relative-difference.js';

/** How far float32 may be from double precision, as relative L2 distances. */
export interface ReferenceTolerances {
  readonly output: number;
  readonly first: number;
  readonly second: number;
}

/** What a case should have given, in double precision: derivatives as slopes along a few random directions. */
export interface Expected {
  readonly output: Doubles;
  readonly first: readonly Slopes[];
  readonly second: readonly Slopes[];
}

interface Slopes {
  /** Which variable the directions move. */
  readonly variable: number;
  readonly directions: readonly Doubles[];
  readonly values: readonly number[];
}

const directionCount = 3;
// Rounding costs eps / step, and eps / step² for the second order; curvature costs step² in both.
const firstStep = 1e-5;
const secondStep = 1e-4;

/** Evaluates a reference where a backend evaluated the case, and its derivatives by central differences. */
export function expectedOf(reference: Reference, { inputs, weights, along, first, second }: Evaluated): Expected {
  const values = new HostValues(64);
  const output = (at: readonly Doubles[]) => reference(...at).values;
  const linear = (at: readonly Doubles[]) => dot(output(at), weights.values);
  const squared = (at: readonly Doubles[]) => dot(output(at).map(withSquare), weights.values);
  const slopes = (variable: number, slope: (direction: readonly Doubles[]) => number): Slopes => {
    const { shape } = inputs[variable];
    const directions = Array.from({ length: directionCount }, () => directionOf(values, shape));
    return { variable, directions, values: directions.map((each) => slope(alone(each, variable))) };
  };
  return {
    output: reference(...inputs),
    first: first.map((_, index) => slopes(index, (v) => slopeOf(linear, inputs, v, firstStep))),
    second: second.map((_, index) =>
      slopes(index, (v) => slopeOf((at) => slopeOf(squared, at, along, secondStep), inputs, v, secondStep)),
    ),
  };
}

/** Calls `report` with what is compared, its relative difference, and the order of the derivative. */
export function compareWithReference(
  actual: Evaluated,
  expected: Expected,
  report: (what: string, difference: number, kind: keyof ReferenceTolerances) => void,
): void {
  const sameShape = String(actual.output.shape) === String(expected.output.shape);
  const { values } = actual.output;
  report('output', sameShape ? relativeDifference(values, expected.output.values) : Number.POSITIVE_INFINITY, 'output');
  for (const kind of ['first', 'second'] as const) {
    for (const { variable, directions, values: slopes } of expected[kind]) {
      const along = directions.map((direction) => dot(direction.values, actual[kind][variable].values));
      report(`${kind} derivative by input ${variable}`, relativeDifference(along, slopes), kind);
    }
  }
}

/** Fails where a backend is further from double precision than allowed. */
export function requireReference(
  name: string,
  actual: Evaluated,
  expected: Expected,
  allowed: ReferenceTolerances,
): void {
  compareWithReference(actual, expected, (what, difference, kind) =>
    requireWithin(`${name}: ${what}, from double precision`, difference, allowed[kind]),
  );
}

function slopeOf(
  f: (at: readonly Doubles[]) => number,
  at: readonly Doubles[],
  direction: readonly (Doubles | undefined)[],
  step: number,
): number {
  return (f(moved(at, direction, step)) - f(moved(at, direction, -step))) / (2 * step);
}

// Inputs that the direction has nothing for stay where they are.
function moved(at: readonly Doubles[], direction: readonly (Doubles | undefined)[], by: number): Doubles[] {
  return at.map(({ shape, values }, index) => {
    const step = direction[index];
    return { shape, values: step ? values.map((value, place) => value + by * step.values[place]) : values };
  });
}

function alone(direction: Doubles, variable: number): Doubles[] {
  const directions: Doubles[] = [];
  directions[variable] = direction;
  return directions;
}

function directionOf(values: HostValues, shape: readonly number[]): Doubles {
  const size = shape.reduce((product, each) => product * each, 1);
  return { shape, values: Float64Array.from(values.numbers(size)) };
}

function dot(left: Float64Array, right: Float64Array): number {
  return left.reduce((total, value, index) => total + value * right[index], 0);
}

function withSquare(x: number): number {
  return x + x * x;
}
