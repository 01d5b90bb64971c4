import { describe, plainText } from './describe.js';

/** Thrown messages all read alike: function, argument in backticks, rule, value received. */
export function refuse(where: string, name: string, rule: string, value: unknown): never {
  throw new RangeError(refusal(where, name, rule, value));
}

/** The message of {@link refuse}, for errors of other classes. */
export function refusal(where: string, name: string, rule: string, value: unknown): string {
  // Names and rules may quote what a stranger's file says.
  return `${where}: \`${plainText(name, 120)}\` must ${plainText(rule, 400)}, received ${describe(value)}.`;
}

export function requirePositiveInteger(where: string, name: string, value: unknown): asserts value is number {
  if (!(Number.isSafeInteger(value) && (value as number) > 0)) refuse(where, name, 'be a positive integer', value);
}

export function requireSizes(where: string, name: string, value: unknown): asserts value is readonly number[] {
  if (!Array.isArray(value)) refuse(where, name, 'be an array of positive integers', value);
  for (const size of value) {
    if (!(Number.isSafeInteger(size) && size > 0)) refuse(where, name, 'hold positive integers only', value);
  }
}

/** Checks that `value` is one of the allowed strings. */
export function requireOneOf(where: string, name: string, allowed: readonly string[], value: unknown): void {
  if (!allowed.includes(value as string)) {
    refuse(where, name, `be one of ${allowed.map((each) => `'${each}'`).join(', ')}`, value);
  }
}

/** Checks a finite number in `[low, high)`, or `[low, high]` when `closed`. */
export function requireBetween(
  where: string,
  name: string,
  value: unknown,
  low: number,
  high: number,
  { closed = false }: { readonly closed?: boolean } = {},
): void {
  const inside = typeof value === 'number' && value >= low && (closed ? value <= high : value < high);
  if (!inside) refuse(where, name, `be a number in [${low}, ${high}${closed ? ']' : ')'}`, value);
}

/** Checks a number in [0, 1]. */
export function requireProbability(where: string, name: string, value: unknown): asserts value is number {
  requireBetween(where, name, value, 0, 1, { closed: true });
}

/** Checks a whole number >= 0. */
export function requireWholeNumber(where: string, name: string, value: unknown): asserts value is number {
  if (!(Number.isSafeInteger(value) && (value as number) >= 0)) refuse(where, name, 'be a whole number >= 0', value);
}

/** Checks a finite number above 0. */
export function requirePositive(where: string, name: string, value: unknown): asserts value is number {
  if (!(Number.isFinite(value) && (value as number) > 0)) refuse(where, name, 'be a positive number', value);
}

/** Checks a finite number >= 0. */
export function requireNonNegative(where: string, name: string, value: unknown): asserts value is number {
  if (!(Number.isFinite(value) && (value as number) >= 0)) refuse(where, name, 'be a number >= 0', value);
}

/** Checks the seed of a run; `undefined` stands for the default. */
export function requireSeed(where: string, value: unknown): void {
  if (value !== undefined && !Number.isSafeInteger(value)) refuse(where, 'seed', 'be a safe integer', value);
}

/** Checks a function that the user may leave out; `undefined` stands for none. */
export function requireFunction(where: string, name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'function') refuse(where, name, 'be a function', value);
}

/** Checks finite numbers by their names. */
export function requireFinite(where: string, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isFinite(value)) refuse(where, name, 'be a finite number', value);
  }
}
