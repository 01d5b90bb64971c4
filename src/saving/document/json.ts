import { refuse } from '../../internal/require.js';

/** What can stand in JSON. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** Named parts in JSON. */
export interface JsonObject {
  readonly [name: string]: Json;
}

// JSON has no word for these numbers, and loses the sign of zero.
const numberKey = '$number';

/** How deep a description may be nested: functions that call themselves walk through it. */
export const deepestDescription = 300;

/** Whether objects and lists stand in one another at most `depth` levels deep. */
export function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((each) => isShallow(each, depth - 1));
}

/**
 * A value as JSON that keeps every number: NaN, the infinities and -0 are written as `{ "$number": "NaN" }`. Members that are
 * undefined are left out.
 *
 * @param name - What messages call the value.
 * @throws RangeError for what is no plain data, and for what is nested more than `depth` levels deep.
 */
export function toJson(where: string, name: string, value: unknown, depth = deepestDescription): Json {
  if (typeof value === 'number')
    return isLost(value) ? { [numberKey]: Object.is(value, -0) ? '-0' : String(value) } : value;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (depth === 0) refuse(where, name, 'be nested less deep', value);
  if (Array.isArray(value)) return value.map((each, at) => toJson(where, `${name}[${at}]`, each ?? null, depth - 1));
  const isPlain = typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value));
  if (!isPlain) refuse(where, name, 'be plain data: numbers, texts, lists and objects of them', value);
  const members = Object.entries(value as object).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    members.map(([member, each]) => [member, toJson(where, `${name}.${member}`, each, depth - 1)]),
  );
}

/** The value that {@link toJson} wrote. */
export function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]![0] === numberKey) return Number(entries[0]![1]);
  return Object.fromEntries(entries.map(([member, each]) => [member, fromJson(each)]));
}

function isLost(value: number): boolean {
  return !Number.isFinite(value) || Object.is(value, -0);
}
