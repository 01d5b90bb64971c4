import { requireIndex } from '../../../internal/require.js';
import type { Rng } from '../../../random/rng.js';

/** Real samples that passed by, each once, on the host. */
export interface RealSamples {
  /** Samples kept. */
  readonly count: number;
  /** Samples that came by, repetitions included. */
  readonly seen: number;
  /** Whether this is the whole of the training data: nothing new came for a long time. */
  readonly isWhole: boolean;
  /** Whether equal samples stood in one batch, so that the data themselves repeat. */
  readonly repeats: boolean;
  /** `[count, D]`. */
  values(): Float32Array;
  /** `[count, C]`; empty without conditions. */
  conditions(): Float32Array;
  /** Takes in a batch `[B, D]`, with conditions `[B, C]` if there are any. */
  add(values: Float32Array, count: number, conditions?: Float32Array): void;
  state(): RealSamplesState;
  restore(state: RealSamplesState): void;
}

/** What was kept and counted. */
export interface RealSamplesState {
  /** `[count, D]`. */
  readonly values: Float32Array;
  /** `[count, C]`. */
  readonly conditions: Float32Array;
  readonly count: number;
  readonly seen: number;
  readonly distinct: number;
  readonly repeats: number;
}

/** Makes a store for up to `capacity` samples, each sample that came by being as likely to be in it. */
export function createRealSamples(capacity: number, rng: Rng): RealSamples {
  const rows: Float32Array[] = [];
  const given: Float32Array[] = [];
  const places = new Map<string, number>();
  const keys: string[] = [];
  let seen = 0;
  let distinct = 0;
  let repeats = 0;
  const place = () => (rows.length < capacity ? rows.length : rng.integer(distinct));
  const keep = (key: string, row: Float32Array, condition: Float32Array) => {
    distinct += 1;
    const at = place();
    if (at >= capacity) return;
    if (keys[at] !== undefined) places.delete(keys[at]);
    keys[at] = key;
    places.set(key, at);
    rows[at] = row;
    given[at] = condition;
  };
  return {
    get count() {
      return rows.length;
    },
    get seen() {
      return seen;
    },
    get isWhole() {
      return rows.length < capacity && seen >= 5 * rows.length;
    },
    get repeats() {
      return repeats > 0.01 * seen;
    },
    values: () => joined(rows),
    conditions: () => joined(given),
    add: (values, count, conditions = new Float32Array()) => {
      const here = new Set<string>();
      for (let index = 0; index < count; index += 1) {
        const row = slice(values, index, count);
        const key = keyOf(row);
        if (here.has(key)) repeats += 1;
        here.add(key);
        if (!places.has(key)) keep(key, row, slice(conditions, index, count));
      }
      seen += count;
    },
    state: () => ({ values: joined(rows), conditions: joined(given), count: rows.length, seen, distinct, repeats }),
    restore: (saved) => {
      requireIndex('restore', 'state.count', saved.count, capacity + 1);
      for (const kept of [rows, given, keys]) kept.length = 0;
      places.clear();
      for (let at = 0; at < saved.count; at += 1) {
        rows.push(slice(saved.values, at, saved.count));
        given.push(slice(saved.conditions, at, saved.count));
        keys.push(keyOf(rows[at]!));
        places.set(keys[at]!, at);
      }
      ({ seen, distinct, repeats } = saved);
    },
  };
}

function slice(values: Float32Array, index: number, count: number): Float32Array {
  const length = values.length / count;
  return values.slice(index * length, (index + 1) * length);
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const length = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * length);
  rows.forEach((row, index) => {
    all.set(row, index * length);
  });
  return all;
}

// Two mixed words of 32 bits: among thousands of samples two different ones do not share them.
function keyOf(row: Float32Array): string {
  const words = new Uint32Array(row.buffer, row.byteOffset, row.length);
  let first = 0x811c9dc5;
  let second = 0x9e3779b9;
  for (const word of words) {
    first = Math.imul(first ^ word, 0x01000193);
    first ^= first >>> 15;
    second = Math.imul(second ^ word, 0x85ebca6b);
    second ^= second >>> 13;
  }
  return `${first}/${second}`;
}
