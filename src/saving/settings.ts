import type { NumericArray } from '../data/array-data.js';
import { plainText } from '../internal/describe.js';
import type { Json, JsonObject } from './document/json.js';
import { toJson } from './document/json.js';

/** How deep settings of settings are looked into. */
const deepest = 6;

/**
 * What a run was told, as JSON that tells another run's apart: numbers and texts as they are, functions as such, which
 * no two runs can tell apart, objects that know their class and config (layers, optimizers) by these, other objects by their members.
 */
export function describeSettings(where: string, given: Readonly<Record<string, unknown>>): JsonObject {
  return toJson(where, 'settings', plain(given, deepest)) as JsonObject;
}

function plain(value: unknown, depth: number): unknown {
  if (typeof value === 'function') return 'function';
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return 'deeper';
  if (ArrayBuffer.isView(value)) return describeNumbers(value as NumericArray);
  if (Array.isArray(value)) return value.map((each) => plain(each, depth - 1));
  if (isConfigured(value)) return plain({ class: value.getClassName(), ...value.getConfig() }, depth - 1);
  const members = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(members.map(([name, each]) => [name, plain(each, depth - 1)]));
}

// Long series are told apart by how many numbers they hold and what these come to.
function describeNumbers(values: NumericArray): object {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += values[at]! * (1 + (at % 97));
  return { numbers: values.length, sum };
}

interface Configured {
  getClassName(): string;
  getConfig(): object;
}

function isConfigured(value: object): value is Configured {
  const { getClassName, getConfig } = value as Partial<Configured>;
  return typeof getClassName === 'function' && typeof getConfig === 'function';
}

/** A setting that is not what it was. */
export interface Difference {
  /** Its name, and those of its members, such as `'penalties.0.weight'`. */
  readonly path: string;
  readonly was: Json | undefined;
  readonly is: Json | undefined;
}

/** What differs between two settings. */
export function settingDifferences(saved: JsonObject, given: JsonObject, path = ''): Difference[] {
  const names = [...new Set([...Object.keys(saved), ...Object.keys(given)])];
  return names.flatMap((name) => {
    const [was, is] = [saved, given].map((each) => (Object.hasOwn(each, name) ? each[name] : undefined));
    const own = path === '' ? name : `${path}.${name}`;
    if (isObject(was) && isObject(is)) return settingDifferences(was, is, own);
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ path: own, was, is }];
  });
}

/** Differences in words: `batchSize was 32, is 64; …`. */
export function describeDifferences(differences: readonly Difference[]): string {
  const shown = differences.slice(0, 8).map(({ path, was, is }) => `${path} was ${show(was)}, is ${show(is)}`);
  const more = differences.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function show(value: Json | undefined): string {
  return value === undefined ? 'left out' : plainText(JSON.stringify(value), 40);
}

// Lists are told apart member by member too.
function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null;
}
