import type { NumericArray } from '../../data/array-data.js';
import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import { refuseFile } from '../../internal/file-fault.js';
import { isShallow } from './json.js';

/** A part of a file's description whose fields are asked for one by one; what is missing or of another type is refused. */
export interface Reader {
  text(name: string): string;
  /** A finite number. */
  number(name: string): number;
  /** A whole number in [low, high]. */
  whole(name: string, low: number, high: number): number;
  flag(name: string): boolean;
  texts(name: string): readonly string[];
  wholes(name: string): readonly number[];
  part(name: string): Reader;
  parts(name: string): readonly Reader[];
  /** Names of the fields. */
  names(): readonly string[];
  has(name: string): boolean;
  /** The part as it is. */
  plain(): Readonly<Record<string, unknown>>;
}

/** Reads a JSON object that may hold anything. */
export function createReader(value: unknown, path: string): Reader {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuseFile(`hold an object at ${path}`, value);
  const fields = value as Readonly<Record<string, unknown>>;
  const field = <T>(name: string, rule: string, isFitting: (found: unknown) => found is T): T => {
    const found = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!isFitting(found)) refuseFile(`hold ${rule} at ${path}.${name}`, found);
    return found;
  };
  return {
    text: (name) => field(name, 'a text', isText),
    number: (name) => field(name, 'a finite number', isNumber),
    whole: (name, low, high) => {
      const isInside = (found: unknown): found is number => isWhole(found) && found >= low && found <= high;
      return field(name, `a whole number from ${low} to ${high}`, isInside);
    },
    flag: (name) => field(name, 'true or false', (found) => typeof found === 'boolean'),
    texts: (name) => field(name, 'a list of texts', (found) => isListOf(found, isText)),
    wholes: (name) => field(name, 'a list of whole numbers', (found) => isListOf(found, isWhole)),
    part: (name) => createReader(field(name, 'an object', isAny), `${path}.${name}`),
    parts: (name) =>
      field(name, 'a list', (found) => isListOf(found, isAny)).map((part, at) =>
        createReader(part, `${path}.${name}[${at}]`),
      ),
    names: () => Object.keys(fields),
    has: (name) => Object.hasOwn(fields, name),
    plain: () => fields,
  };
}

/** A tensor of the file that must be there, of a type and, where it is known, a shape. */
export function tensorOf<T extends NumericArray>(
  file: { readonly tensors: Readonly<Record<string, SafetensorInput>>; readonly prefix?: string },
  name: string,
  type: abstract new (...given: never[]) => T,
  shape: readonly number[],
): T {
  const tensor = Object.hasOwn(file.tensors, name) ? file.tensors[name] : undefined;
  const isFitting = tensor !== undefined && tensor.values instanceof type;
  if (!isFitting || tensor.shape.length !== shape.length || tensor.shape.some((size, axis) => size !== shape[axis])) {
    refuseFile(
      `hold a tensor '${file.prefix ?? ''}${name}' of the shape [${shape.join(', ')}]`,
      tensor && `${tensor.values.constructor.name} [${tensor.shape}]`,
    );
  }
  return tensor.values as T;
}

/** Checks offsets of rows that follow one another: rising from 0 to their number. */
export function requireOffsets(name: string, offsets: Uint32Array, length: number): void {
  let isRising = offsets[0] === 0 && offsets[offsets.length - 1] === length;
  for (let at = 1; at < offsets.length; at += 1) isRising &&= offsets[at]! >= offsets[at - 1]!;
  if (!isRising) refuseFile(`hold offsets '${name}' that rise from 0 to ${length}`, offsets.at(-1));
}

/** Checks that indices are in [0, `size`). */
export function requireIndicesBelow(name: string, indices: Int32Array, size: number): void {
  for (let at = 0; at < indices.length; at += 1) {
    const index = indices[at]!;
    if (index < 0 || index >= size) refuseFile(`hold indices from 0 to ${size - 1} in '${name}'`, index);
  }
}

/** Makes an object of parts with names, each of which may be there once. */
export function byName<T>(what: string, entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  const names = new Set<string>();
  for (const [name] of entries) {
    if (names.has(name)) refuseFile(`hold ${what} of different names`, name);
    names.add(name);
  }
  return Object.fromEntries(entries);
}

/** Refuses what is nested so deep that it was not written by us, and would break who walks through it. */
export function requireShallow(name: string, value: unknown, depth = 8): void {
  if (!isShallow(value, depth)) refuseFile(`hold no such deep '${name}': at most ${depth} levels`, value);
}

function isAny(_found: unknown): _found is unknown {
  return true;
}

function isText(found: unknown): found is string {
  return typeof found === 'string';
}

function isNumber(found: unknown): found is number {
  return Number.isFinite(found);
}

function isWhole(found: unknown): found is number {
  return Number.isSafeInteger(found);
}

function isListOf<T>(found: unknown, isFitting: (each: unknown) => each is T): found is readonly T[] {
  return Array.isArray(found) && found.every(isFitting);
}
