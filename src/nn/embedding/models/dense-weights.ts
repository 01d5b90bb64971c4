import { backend, type DataId, type KernelBackend, tensor, tidy, util, type Variable } from '@tensorflow/tfjs-core';
import type { Network } from './network.js';

/** A model's dense weights one behind the other on the host, beside the variables that hold them on the backend. */
export interface DenseWeights {
  /** All weights. */
  readonly flat: Float32Array;
  /** Where each starts in `flat`. */
  readonly offsets: Readonly<Record<string, number>>;
  /** Reads those variables that somebody assigned since. Settles at once where there are none. */
  refresh(): Promise<void> | undefined;
  /** Writes `flat` into the variables. */
  store(): void;
}

type Variables = Readonly<Record<string, Variable>>;

let copies: WeakMap<Variables, DenseWeights> | undefined;

/**
 * The copy of a model's variables; `refresh` fills it. Scores and training share one: what training writes in place
 * could not be noticed by another.
 */
export function denseWeightsOf(network: Network, variables: Variables): DenseWeights {
  copies ??= new WeakMap();
  const present = copies.get(variables);
  if (present) return present;
  const made = createDenseWeights(network, variables);
  copies.set(variables, made);
  return made;
}

function createDenseWeights(network: Network, variables: Variables): DenseWeights {
  const offsets: Record<string, number> = {};
  let length = 0;
  for (const [name, shape] of Object.entries(network.weights)) {
    offsets[name] = length;
    length += util.sizeFromShape([...shape]);
  }
  const flat = new Float32Array(length);
  const known = new Map<string, DataId>();
  const names = Object.keys(offsets);
  const read = async (changed: readonly string[]): Promise<void> => {
    for (const name of changed) {
      flat.set(await variables[name]!.data<'float32'>(), offsets[name]);
      known.set(name, variables[name]!.dataId);
    }
  };
  return {
    flat,
    offsets,
    refresh: () => {
      const changed = names.filter((name) => known.get(name) !== variables[name]!.dataId);
      return changed.length === 0 ? undefined : read(changed);
    },
    store: () => {
      for (const name of names) {
        const variable = variables[name]!;
        const values = flat.subarray(offsets[name]!, offsets[name]! + variable.size);
        if (writeInPlace(variable, values)) continue;
        tidy(() => variable.assign(tensor(values.slice(), variable.shape, 'float32')));
        known.set(name, variable.dataId);
      }
    },
  };
}

/** The wasm backend lets its memory be seen. */
interface HeapBackend extends KernelBackend {
  typedArrayFromHeap(tensor: Variable): Float32Array;
  refCount(dataId: DataId): number;
}

// Data that a clone shares is left as it is.
function writeInPlace(variable: Variable, values: Float32Array): boolean {
  const active = backend() as Partial<HeapBackend>;
  if (active.typedArrayFromHeap === undefined || active.refCount?.(variable.dataId) !== 1) return false;
  active.typedArrayFromHeap(variable).set(values);
  return true;
}
