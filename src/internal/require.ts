/** Thrown messages all read alike: function, argument in backticks, rule, value received. */
export function refuse(where: string, name: string, rule: string, value: unknown): never {
  throw new RangeError(`${where}: \`${name}\` must ${rule}, received ${describe(value)}.`);
}

/** The value as a reader of an error message wants to see it, with its type. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return `[${value.map(String).join(', ')}] (array)`;
  if (typeof value === 'string') return `'${value}' (string)`;
  if (typeof value === 'object') return `an instance of ${value.constructor?.name ?? 'Object'} (object)`;
  if (typeof value === 'function') return `${value.name || 'an anonymous function'} (function)`;
  return `${String(value)} (${typeof value})`;
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
