import type { Rng } from 'minimart';
import { mutateJson } from './mutate.js';
import { damaged } from './reseal.js';

/** One kind of what a stranger may hand over. */
export interface FuzzKind {
  readonly name: string;
  /** Functions that may refuse it. */
  readonly readers: readonly string[];
  /** A damaged one, and what reads and uses it once. */
  make(rng: Rng): Promise<() => unknown>;
}

/** A kind whose files are bytes. */
export function bytesKind(
  name: string,
  readers: readonly string[],
  mutate: (rng: Rng) => Uint8Array,
  read: (bytes: Uint8Array) => unknown,
): FuzzKind {
  return {
    name,
    readers,
    make: async (rng) => {
      const bytes = mutate(rng);
      return () => read(bytes);
    },
  };
}

/** A kind whose files are JSON. What is no JSON any more reaches a reader of states as a text. */
export function jsonKind(
  name: string,
  readers: readonly string[],
  good: unknown,
  read: (state: unknown) => unknown,
): FuzzKind {
  const json = JSON.stringify(good);
  return {
    name,
    readers,
    make: async (rng) => {
      const text = mutateJson(json, rng);
      let state: unknown;
      try {
        state = JSON.parse(text);
      } catch {
        state = text;
      }
      return () => read(state);
    },
  };
}

/** Reads the bytes of a document and uses what it read once. */
export type Read = (bytes: Uint8Array) => Promise<unknown>;

/** A kind of documents: damaged ones under a checksum that fits, mostly. */
export function documentKind(name: string, readers: readonly string[], good: Uint8Array, read: Read): FuzzKind {
  return {
    name,
    readers,
    make: async (rng) => {
      const bytes = await damaged(good, rng);
      return () => read(bytes);
    },
  };
}
