import { describe, plainText } from './describe.js';

/** Thrown messages all read alike: function, argument in backticks, rule, value received. */
export function refuse(where: string, name: string, rule: string, value: unknown): never {
  const error = new RangeError(refusal(where, name, rule, value));
  // Not enumerable: who prints the error sees the message alone.
  throw Object.defineProperty(error, refusedKey, { value: { where, name, rule, value } satisfies Refused });
}

const refusedKey = 'minimart.refused';

/** What was refused, and by whom. */
export interface Refused {
  readonly where: string;
  readonly name: string;
  readonly rule: string;
  readonly value: unknown;
}

/** What an error of {@link refuse} says, for who says it again in another function's name; `undefined` for any other error. */
export function refusedIn(error: unknown): Refused | undefined {
  return error instanceof RangeError ? (error as { [refusedKey]?: Refused })[refusedKey] : undefined;
}

/** The message of {@link refuse}, for errors of other classes. */
export function refusal(where: string, name: string, rule: string, value: unknown): string {
  // Names and rules may quote what a stranger's file says.
  return `${where}: \`${plainText(name, 120).replaceAll('`', "'")}\` must ${plainText(rule, 400)}, received ${describe(value)}.`;
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

/** Checks a number in (0, 1]. */
export function requireShare(where: string, name: string, value: unknown): asserts value is number {
  if (!(typeof value === 'number' && value > 0 && value <= 1)) refuse(where, name, 'be a number in (0, 1]', value);
}

/** Checks a whole number from `low` to `high`, both included. */
export function requireWholeNumber(
  where: string,
  name: string,
  value: unknown,
  low = 0,
  high = Number.POSITIVE_INFINITY,
): asserts value is number {
  if (Number.isSafeInteger(value) && (value as number) >= low && (value as number) <= high) return;
  const range = high === Number.POSITIVE_INFINITY ? `>= ${low}` : `from ${low} to ${high}`;
  refuse(where, name, `be a whole number ${range}`, value);
}

/** Checks one of `count` places, which are numbered from 0. */
export function requireIndex(where: string, name: string, value: unknown, count: number): asserts value is number {
  requireWholeNumber(where, name, value, 0, count - 1);
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
  if (value !== undefined) requireGivenSeed(where, value);
}

/** Checks the seed of what has no default for it. */
export function requireGivenSeed(where: string, value: unknown): asserts value is number {
  if (!Number.isSafeInteger(value)) refuse(where, 'seed', 'be a safe integer', value);
}

/** Checks a function. */
export function requireGivenFunction(where: string, name: string, value: unknown): void {
  if (typeof value !== 'function') refuse(where, name, 'be a function', value);
}

/** Checks a function that the user may leave out; `undefined` stands for none. */
export function requireFunction(where: string, name: string, value: unknown): void {
  if (value !== undefined) requireGivenFunction(where, name, value);
}

/** Checks a finite number. */
export function requireFinite(where: string, name: string, value: unknown): asserts value is number {
  if (!Number.isFinite(value)) refuse(where, name, 'be a finite number', value);
}

/** Checks a number that a float32 holds; beyond that it would be stored as infinite. */
export function requireFloat32(where: string, name: string, value: unknown): asserts value is number {
  if (!isFloat32(value)) refuse(where, name, 'be a finite number', value);
}

/** Checks a list of so many numbers that a float32 holds, or the first `used` of them. */
export function requireNumbers(where: string, name: string, values: unknown, count: number, used = count): void {
  requireLength(where, name, values, count);
  if (values instanceof Float32Array && areFinite(values, used)) return;
  requireEach(where, name, values, isFloat32, 'be a finite number', used);
}

// Nothing times NaN or infinity is NaN: quicker than to ask of each.
function areFinite(values: Float32Array, used: number): boolean {
  let sum = 0;
  for (let at = 0; at < used; at += 1) sum += 0 * values[at]!;
  return sum === 0;
}

/** Checks that a list holds so many numbers. */
export function requireLength(
  where: string,
  name: string,
  values: unknown,
  count: number,
): asserts values is ArrayLike<unknown> {
  const list = values as ArrayLike<unknown> | undefined | null;
  if (list?.length !== count) refuse(where, name, `hold ${count} numbers`, list?.length ?? values);
}

/** Checks a typed array of so many numbers. */
export function requireArray<T extends { readonly length: number }>(
  where: string,
  name: string,
  values: unknown,
  type: abstract new (...given: never[]) => T,
  count: number,
): asserts values is T {
  if (!(values instanceof type)) refuse(where, name, `be a ${type.name}`, values);
  if (values.length !== count) refuse(where, name, `hold ${count} numbers`, values.length);
}

/** Checks that a list is not empty. */
export function requireFilled(where: string, name: string, list: { readonly length: number }): void {
  if (list.length === 0) refuseEmpty(where, name, list);
}

/** Refuses what holds nothing. */
export function refuseEmpty(where: string, name: string, value: unknown): never {
  refuse(where, name, 'not be empty', value);
}

/** Checks a number that cannot exceed how many `things` there are. */
export function requireAtMost(where: string, name: string, value: number, most: number, things: string): void {
  if (value > most) refuse(where, name, `be at most the number of ${things}, ${most}`, value);
}

/** Checks a list of ids. A text is an iterable of its letters, which nobody means. */
export function requireIds(where: string, name: string, ids: unknown): void {
  const isList = typeof ids === 'object' && ids !== null && Symbol.iterator in ids;
  if (!isList) refuse(where, name, 'be a list of ids', ids);
}

/**
 * Whether a value is an id: a text, or a number that is one number and no other. What is none has a text all the same, such as
 * `'undefined'` or `'NaN'`, which would be one id for all that is missing; beyond 2^53 two ids of as many digits can be one number.
 */
export function isId(value: unknown): value is string | number {
  return typeof value === 'string' || (Number.isFinite(value) && Math.abs(value as number) <= Number.MAX_SAFE_INTEGER);
}

/** Checks an id. */
export function requireId(where: string, name: string, id: unknown): asserts id is string | number {
  if (isId(id)) return;
  const isLong = typeof id === 'number' && Number.isFinite(id);
  refuse(where, name, isLong ? idOfDigits : 'be an id: a text or a finite number', id);
}

const idOfDigits = 'be an id: a text, where a number is beyond 2^53 and may have lost digits';

/** Checks the ids of a list, one by one. */
export function requireEachId(where: string, name: string, ids: Iterable<unknown>): void {
  let place = 0;
  for (const id of ids) {
    if (!isId(id)) requireId(where, `${name}[${place}]`, id);
    place += 1;
  }
}

/** Checks an array of texts. */
export function requireTexts(where: string, name: string, value: unknown): asserts value is readonly string[] {
  if (!Array.isArray(value) || !value.every((text) => typeof text === 'string')) {
    refuse(where, name, 'be an array of texts', value);
  }
}

/** Checks the first `count` of a list, one by one: there may be millions, so the name of a place is made for an offender only. */
export function requireEach(
  where: string,
  name: string,
  list: ArrayLike<unknown>,
  isGood: (value: unknown) => boolean,
  rule: string,
  count = list.length,
): void {
  for (let index = 0; index < count; index += 1) {
    if (!isGood(list[index])) refuse(where, `${name}[${index}]`, rule, list[index]);
  }
}

/** Checks a list of places, each one of `count`, which are numbered from 0. */
export function requireIndices(where: string, name: string, list: ArrayLike<unknown>, count: number): void {
  const isPlace = (value: unknown) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < count;
  requireEach(where, name, list, isPlace, `be a whole number from 0 to ${count - 1}`);
}

/** Checks a pair of finite numbers, the first below the second. */
export function requireRange(where: string, name: string, value: unknown): asserts value is readonly [number, number] {
  const isRange = Array.isArray(value) && value.length === 2 && value.every(Number.isFinite) && value[0] < value[1];
  if (!isRange) refuse(where, name, 'be two rising numbers', value);
}

/** Checks a boolean. */
export function requireFlag(where: string, name: string, value: unknown): asserts value is boolean {
  if (typeof value !== 'boolean') refuse(where, name, 'be true or false', value);
}

/** Checks a text, which may be empty. */
export function requireText(where: string, name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') refuse(where, name, 'be a text', value);
}

function isFloat32(value: unknown): boolean {
  return Number.isFinite(value) && Number.isFinite(Math.fround(value as number));
}
