import { dispose, type Optimizer, type Tensor, tensor, tidy, Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NumericArray } from '../../data/array-data.js';
import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import { refuseFile } from '../../internal/file-fault.js';
import type { Rng } from '../../random/rng.js';
import { restoreRng } from '../../random/rng.js';
import { tensorOf } from '../document/reader.js';
import type { Part, PutBack, SavedSnapshot } from './part.js';

/** Where a stream of random numbers stands. */
export function rngPart(rng: Rng): Part {
  return {
    save: () => ({ values: { ...rng.state() } }),
    read: ({ values }) => {
      const [path, words] = [values.text('path'), values.wholes('words')];
      if (path !== rng.state().path) refuseFile(`hold the random stream '${rng.state().path}'`, path);
      if (words.length !== 4) refuseFile('hold random streams of four words', words);
      const { words: checked } = restoreRng({ path, words }).state();
      return () => rng.restore({ path, words: checked });
    },
  };
}

/** All variables of a model, by their places and what they are, such as `'3/kernel'`. */
export function modelPart(model: LayersModel): Part {
  return variablesPart(namedWeights(model));
}

/** The variables of a model by stable names: tfjs's own count how many layers there were before. */
export function namedWeights(model: LayersModel): Readonly<Record<string, Variable>> {
  const named: [string, Variable][] = [];
  for (const weight of model.weights) {
    const value = weight.read();
    // What it is called within its layer; a second one of the name in a process has a number behind it.
    const name = weight.originalName.split('/').at(-1)!.replace(/_\d+$/, '');
    if (value instanceof Variable) named.push([`${named.length}/${name}`, value]);
  }
  return Object.fromEntries(named);
}

/** Variables by name, of types float32, int32 and bool. */
export function variablesPart(variables: Readonly<Record<string, Variable>>): Part {
  return {
    save: async () => {
      const tensors: Record<string, SafetensorInput> = {};
      for (const [name, each] of Object.entries(variables)) tensors[name] = await copyOf(each);
      return { tensors };
    },
    read: (saved) => {
      requireNames(saved, Object.keys(variables));
      const found = Object.entries(variables).map(([name, each]) => [each, valuesFor(saved, name, each)] as const);
      return () =>
        tidy(() => {
          for (const [each, values] of found) each.assign(tensor(values, each.shape, each.dtype as 'float32'));
        });
    },
  };
}

/** An optimizer that can tell whether a state that it just took over is one of some variables. */
interface Checking {
  requireFitting?(variables: readonly Variable[]): void;
}

/**
 * What an optimizer remembers; {@link hasExactState} says whether that is all.
 *
 * @param variables - What it moves, in the order of their updates.
 */
export function optimizerPart(optimizer: Optimizer & Checking, variables: readonly Variable[]): Part {
  return {
    save: async () => {
      const tensors: Record<string, SafetensorInput> = {};
      const [steps, ...rest] = await optimizer.getWeights();
      if (steps) {
        tensors.iterations = await copyOf(steps.tensor);
        steps.tensor.dispose();
      }
      for (const [place, each] of rest.entries()) tensors[`slots/${place}`] = await copyOf(each.tensor);
      for (const [name, each] of runningPowers(optimizer)) tensors[name] = await copyOf(each);
      return { tensors };
    },
    read: (saved) => readOptimizer(optimizer, variables, saved),
  };
}

// `train.adam` of tfjs computes these anew when it is given its weights, which is not what they were.
function runningPowers(optimizer: object): [string, Variable][] {
  const held = Object.entries(optimizer).filter(([name]) => name === 'accBeta1' || name === 'accBeta2');
  return held.filter((entry): entry is [string, Variable] => entry[1] instanceof Variable);
}

function readOptimizer(optimizer: Optimizer & Checking, variables: readonly Variable[], saved: SavedSnapshot): PutBack {
  const powers = runningPowers(optimizer).map(([name, each]) => [each, valuesFor(saved, name, each)] as const);
  const slots = Object.keys(saved.tensors).filter((name) => name.startsWith('slots/')).length;
  const own = ['iterations', ...Array.from({ length: slots }, (_, place) => `slots/${place}`)];
  requireNames(saved, [...own, ...runningPowers(optimizer).map(([name]) => name)]);
  const { values: done } = saved.tensors.iterations!;
  if (done.length !== 1 || !(done[0]! >= 0)) refuseFile('hold the number of updates of each optimizer', [...done]);
  return async () => {
    const weights = own.map((name) => {
      const { values, shape } = saved.tensors[name]!;
      const dtype = values instanceof Int32Array ? 'int32' : 'float32';
      return { name, tensor: tensor(values as Float32Array, [...shape], dtype) };
    });
    const before = await slotsOf(optimizer);
    try {
      await optimizer.setWeights(weights);
      optimizer.requireFitting?.(variables);
    } finally {
      // Optimizers of tfjs forget those that they had.
      const after = new Set(await slotsOf(optimizer));
      dispose([...weights.map((each) => each.tensor), ...before.filter((each) => !after.has(each))]);
    }
    tidy(() => {
      for (const [each, values] of powers) each.assign(tensor(values, each.shape, 'float32'));
    });
  };
}

// Copies: some backends hand out the very memory that the next update writes to.
async function copyOf(given: Tensor): Promise<SafetensorInput> {
  return { shape: [...given.shape], values: (await given.data()).slice() as NumericArray };
}

async function slotsOf(optimizer: Optimizer): Promise<Tensor[]> {
  const [steps, ...slots] = await optimizer.getWeights();
  steps?.tensor.dispose();
  return slots.map(({ tensor }) => tensor);
}

function valuesFor(saved: SavedSnapshot, name: string, { shape, dtype }: Tensor): NumericArray {
  const type = dtype === 'float32' ? Float32Array : dtype === 'int32' ? Int32Array : Uint8Array;
  return tensorOf<NumericArray>(saved, name, type, shape);
}

function requireNames({ tensors, prefix = '' }: SavedSnapshot, names: readonly string[]): void {
  const known = new Set(names);
  const unknown = Object.keys(tensors).find((name) => !known.has(name));
  if (unknown !== undefined)
    refuseFile(`hold tensors of ${names.length} names that are known here`, `${prefix}${unknown}`);
  const missing = names.find((name) => !Object.hasOwn(tensors, name));
  if (missing !== undefined) refuseFile(`hold a tensor '${prefix}${missing}'`, undefined);
}
