import { clone, dispose, keep, type Tensor, tidy, tensor as toTensor, type Variable } from '@tensorflow/tfjs-core';
import { findNonFinite } from '../../internal/finite.js';
import { createPause } from '../../internal/pause.js';

/** Networks by the names that messages call them, each with all of its variables, batch statistics included. */
export type GuardedNetworks = Readonly<Record<string, readonly Variable[]>>;

/** A number in the weights of a network that is NaN, infinite, or so large that it makes infinity. */
export interface BrokenWeights {
  readonly network: string;
  readonly value: number;
  /** The first variable with such a number. */
  readonly variable: Variable;
}

/** Holds the weights of networks in training as they last were finite. */
export interface WeightGuard<Note> {
  /**
   * Remembers the weights as they are, unseen: this moment and the one before it are held. It copies nothing, because an
   * update gives a variable other memory and leaves the old one to those that hold it.
   *
   * @param note - What to know of this moment, such as the step.
   */
  remember(note: Note): void;
  /** Reads all weights. Where they are finite, they are held until the next call beside the moments remembered. */
  find(note: Note): Promise<BrokenWeights | undefined>;
  /** Puts back the latest of the moments held that is finite, and says which it is. */
  restore(): Promise<Note | undefined>;
  /** Frees what is held. */
  dispose(): void;
}

interface Moment<Note> {
  readonly note: Note;
  readonly weights: readonly Tensor[];
}

interface SeenMoment<Note> {
  readonly note: Note;
  readonly values: readonly NumberList[];
}

/** The numbers of a variable, on the host. */
export type NumberList = Float32Array | Int32Array | Uint8Array;

/**
 * Watches over weights that an update may leave NaN or infinite, where no loss has shown it yet or none ever will.
 *
 * @param networks - Each variable belongs to one network.
 */
export function createWeightGuard<Note>(networks: GuardedNetworks): WeightGuard<Note> {
  const variables = Object.values(networks).flat();
  let moments: Moment<Note>[] = [];
  let seen: SeenMoment<Note> | undefined;
  const forget = (old: readonly Moment<Note>[]) => {
    for (const { weights } of old) dispose([...weights]);
  };
  return {
    remember: (note) => {
      const weights = variables.map((each) => keep(clone<Tensor>(each)));
      forget(moments.slice(1));
      moments = [{ note, weights }, ...moments.slice(0, 1)];
    },
    find: async (note) => {
      for (const [network, weights] of Object.entries(networks)) {
        const broken = await findBroken(weights);
        if (broken) return { network, value: broken.value, variable: broken.tensor };
      }
      seen = { note, values: await readAll(variables) };
      return undefined;
    },
    restore: async () => {
      for (const { note, weights } of moments) {
        if ((await firstNonFinite(weights)) !== undefined) continue;
        variables.forEach((variable, index) => {
          variable.assign(weights[index]!);
        });
        return note;
      }
      if (seen) putBack(variables, seen.values);
      return seen?.note;
    },
    dispose: () => {
      forget(moments);
      moments = [];
    },
  };
}

/** The first number of some tensors that {@link findNonFinite} finds, undefined when there is none. The event loop goes on. */
export async function firstNonFinite(tensors: readonly Tensor[]): Promise<number | undefined> {
  return (await findBroken(tensors))?.value;
}

/** The same, and the tensor that holds it. */
export async function findBroken<T extends Tensor>(
  tensors: readonly T[],
): Promise<{ readonly tensor: T; readonly value: number } | undefined> {
  const pause = createPause();
  for (const tensor of tensors) {
    const values = await tensor.data<'float32'>();
    const place = findNonFinite(values);
    if (place >= 0) return { tensor, value: values[place]! };
    await pause();
  }
  return undefined;
}

/** Reads variables. These are copies: some backends hand out the very memory that the next update writes to. */
export async function readAll(variables: readonly Variable[]): Promise<NumberList[]> {
  const values: NumberList[] = [];
  for (const each of variables) values.push((await each.data()).slice());
  return values;
}

/** Gives variables the numbers that were read. */
export function putBack(variables: readonly Variable[], values: readonly NumberList[]): void {
  tidy(() => {
    variables.forEach((variable, index) => {
      variable.assign(toTensor(values[index]!, variable.shape, variable.dtype));
    });
  });
}
