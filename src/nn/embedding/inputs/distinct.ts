/** The distinct ones among many indices. Views of memory that the next search writes again. */
export interface Distinct {
  /** Each index once, in the order of first appearance. */
  readonly keys: Int32Array;
  /** For each of the many, where its index stands in `keys`. */
  readonly slots: Int32Array;
}

/** Finds distinct indices in time that depends on how many are given only. */
export interface DistinctFinder {
  /** Starts anew. */
  clear(): void;
  /** Adds one index, in [0, `size`); returns its slot. */
  add(key: number): number;
  /** How many distinct indices were added. */
  count(): number;
  /** Those that were added. */
  keys(): Int32Array;
  /** Starts anew and adds all of `indices`; the first that is no index of the table is refused by `onOutside`. */
  find(indices: Int32Array, onOutside: (place: number) => never): Distinct;
}

/**
 * Makes a finder for a table of `size` rows. It keeps one number for each row, which need never be cleared: an entry
 * counts only if the key at the slot that it names is the row itself.
 */
export function createDistinctFinder(size: number): DistinctFinder {
  const slotOf = new Int32Array(size);
  let keys = new Int32Array(64);
  let slots = new Int32Array(64);
  let count = 0;
  const add = (key: number): number => {
    const slot = slotOf[key]!;
    if (slot < count && keys[slot] === key) return slot;
    if (count === keys.length) keys = grown(keys, count + 1);
    keys[count] = key;
    slotOf[key] = count;
    count += 1;
    return count - 1;
  };
  return {
    add,
    clear: () => {
      count = 0;
    },
    count: () => count,
    keys: () => keys.subarray(0, count),
    find: (indices, onOutside) => {
      const many = indices.length;
      if (keys.length < many) keys = grown(keys, many);
      if (slots.length < many) slots = new Int32Array(many);
      count = 0;
      for (let place = 0; place < many; place += 1) {
        const key = indices[place]!;
        if (key < 0 || key >= size) onOutside(place);
        slots[place] = add(key);
      }
      return { keys: keys.subarray(0, count), slots: slots.subarray(0, many) };
    },
  };
}

function grown(values: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(least, 2 * values.length));
  larger.set(values);
  return larger;
}
