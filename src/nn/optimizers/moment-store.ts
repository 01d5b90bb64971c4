import { concat, reshape, split, type Tensor, tidy, util, type Variable, variable, zeros } from '@tensorflow/tfjs-core';
import { refuse } from '../../internal/require.js';

/** Name and shape of a variable. */
export interface Member {
  readonly name: string;
  readonly shape: number[];
}

/** Running means of a gradient (first) and of its square (second). */
export interface Moments {
  readonly first: Variable;
  readonly second: Variable;
}

/** Moments, and whose they are. */
export interface NamedMoments extends Moments {
  readonly name: string;
}

/** The moments of many variables, each apart or those of a group as one flat vector. */
export interface MomentStore {
  /** Makes zeros for variables not seen before; where saved moments wait, these in their order instead. */
  admit(members: readonly Member[]): void;
  /** The moments of one admitted variable, in its shape. */
  apart(member: Member): Moments;
  /** The moments of admitted variables, one behind the other. Asking for the same group again moves nothing. */
  together(members: readonly Member[]): Moments;
  /** Refuses moments that wait and are not those of these members, where there are as many. */
  requireFitting(members: readonly Member[]): void;
  /** All moments, apart, in the order of admission, then those that wait. They stay the store's. */
  list(): NamedMoments[];
  /** Forgets everything and lets `saved` wait for the variables to be admitted next. */
  load(saved: readonly NamedMoments[]): void;
}

interface Group extends Moments {
  readonly members: readonly Member[];
}

/** Makes an empty store. */
export function createMomentStore(): MomentStore {
  const admitted = new Set<string>();
  const single = new Map<string, Moments>();
  const groups = new Map<string, Group>();
  let waiting: NamedMoments[] = [];

  const separate = (): void => {
    for (const group of groups.values()) {
      unflatten(group).forEach((moments, index) => {
        single.set(group.members[index]!.name, moments);
      });
      free(group);
    }
    groups.clear();
  };
  const group = (members: readonly Member[]): Group => {
    separate();
    const parts = members.map(({ name }) => single.get(name)!);
    const together = { members, first: flatten(parts, 'first'), second: flatten(parts, 'second') };
    for (const { name } of members) single.delete(name);
    for (const part of parts) free(part);
    return together;
  };
  return {
    admit: (members) => {
      for (const member of members) {
        if (admitted.has(member.name)) continue;
        // Looked at before it is taken: what is refused still waits, and is freed with the store.
        if (waiting.length > 0) requireFit(waiting[0]!, member);
        admitted.add(member.name);
        single.set(member.name, waiting.shift() ?? fresh(member));
      }
    },
    apart: ({ name }) => {
      if (!single.has(name)) separate();
      return single.get(name)!;
    },
    together: (members) => {
      const key = members.map(({ name }) => name).join('\n');
      if (!groups.has(key)) groups.set(key, group(members));
      return groups.get(key)!;
    },
    requireFitting: (members) => {
      if (waiting.length === members.length)
        for (const [at, saved] of waiting.entries()) requireFit(saved, members[at]!);
    },
    list: () => {
      separate();
      return [...[...admitted].map((name) => ({ name, ...single.get(name)! })), ...waiting];
    },
    load: (saved) => {
      for (const each of [...single.values(), ...groups.values(), ...waiting]) free(each);
      for (const kept of [admitted, single, groups]) kept.clear();
      waiting = [...saved];
    },
  };
}

function fresh({ shape }: Member): Moments {
  const zero = () => tidy(() => variable(zeros(shape), false));
  return { first: zero(), second: zero() };
}

function requireFit(saved: NamedMoments, { name, shape }: Member): void {
  for (const each of [saved.first, saved.second]) {
    if (!util.arraysEqual(each.shape, shape)) {
      refuse('Adam', 'setWeights', `fit '${name}' of shape [${shape}], after '${saved.name}'`, each.shape);
    }
  }
}

function flatten(parts: readonly Moments[], which: keyof Moments): Variable {
  return tidy(() => variable(flat(parts.map((part) => part[which])), false));
}

/** Tensors one behind the other, as a vector. */
export function flat(tensors: readonly Tensor[]): Tensor {
  return concat(tensors.map((tensor) => reshape(tensor, [-1])));
}

function unflatten({ members, first, second }: Group): Moments[] {
  return tidy(() => {
    const [firsts, seconds] = [first, second].map((each) => pieces(each, members));
    return members.map((_, index) => ({
      first: variable(firsts![index]!, false),
      second: variable(seconds![index]!, false),
    }));
  });
}

/** The parts of a vector that belong to each member, in its shape. */
export function pieces(vector: Tensor, members: readonly Member[]): Tensor[] {
  const sizes = members.map(({ shape }) => util.sizeFromShape(shape));
  return split(vector, sizes).map((piece, index) => reshape(piece, members[index]!.shape));
}

function free({ first, second }: Moments): void {
  first.dispose();
  second.dispose();
}
