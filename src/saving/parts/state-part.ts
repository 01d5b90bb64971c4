import type { NumericArray } from '../../data/array-data.js';
import { arrayTypes } from '../../data/safetensors/safetensor.js';
import { refuseFile } from '../../internal/file-fault.js';
import { refuse } from '../../internal/require.js';
import type { Tensors } from '../document/document.js';
import { fromJson, type JsonObject, toJson } from '../document/json.js';
import { requireShallow } from '../document/reader.js';
import type { Part, SavedSnapshot } from './part.js';

// What stands in JSON in the place of an array of numbers: the name of its tensor.
const tensorKey = '$tensor';
/** How deep a state may be nested, an array of numbers counting as a level. */
const deepest = 32;

/** Something with a state of plain data and typed arrays, which it checks when it is given one. */
export interface Stateful<S> {
  /** What it is; arrays may be its own, and are copied. */
  state(): S;
  /** Takes over a state, and refuses one that does not fit before it changes anything. */
  restore(state: S): void | Promise<void>;
}

/** What has a state, as a part of a run. */
export function statePart<S>(holder: Stateful<S>): Part {
  return {
    save: () => {
      const tensors: Record<string, Tensors[string]> = {};
      const state = takeArrays(holder.state(), '', tensors, deepest);
      return { values: toJson('checkpoint', 'part', { state }) as JsonObject, tensors };
    },
    read: (saved) => {
      const state = readState(saved);
      return () => holder.restore(state as S);
    },
  };
}

function readState({ values, tensors }: SavedSnapshot): unknown {
  const { state } = values.plain();
  // A number that JSON has no word for is written as an object.
  requireShallow('state', state, deepest + 1);
  return putArrays(fromJson(state), tensors);
}

// Arrays of numbers go into tensors; their places in the state are their names.
function takeArrays(value: unknown, path: string, tensors: Record<string, Tensors[string]>, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) refuse('checkpoint', `state/${path}`, `be nested at most ${deepest} levels deep`, value);
  if (isNumbers(value)) {
    tensors[path] = { shape: [value.length], values: value.slice() };
    return { [tensorKey]: path };
  }
  if (Array.isArray(value)) return value.map((each, at) => takeArrays(each, `${path}/${at}`, tensors, depth - 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      takeArrays(each, path === '' ? name : `${path}/${name}`, tensors, depth - 1),
    ]),
  );
}

function putArrays(value: unknown, tensors: Tensors): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => putArrays(each, tensors));
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]![0] === tensorKey) {
    const name = String(entries[0]![1]);
    if (!Object.hasOwn(tensors, name)) refuseFile(`hold a tensor '${name}'`, undefined);
    return tensors[name]!.values;
  }
  return Object.fromEntries(entries.map(([name, each]) => [name, putArrays(each, tensors)]));
}

function isNumbers(value: unknown): value is NumericArray {
  return Object.values(arrayTypes()).some((type) => value instanceof type);
}
