import type { Pieces } from '../../internal/pieces.js';

/** Numbers states in the order in which they are met: a hash table of lists of whole numbers. */
export interface StateIndex {
  /** How many there are. */
  count(): number;
  /** The number of a state, which is added when it is new. */
  add(state: ArrayLike<number>): number;
  /** The number of a state, or -1. */
  find(state: ArrayLike<number>): number;
  /** Writes the state of that number into `out`. */
  read(index: number, out: Int32Array): Int32Array;
  /** A copy of all states in their order, row by row. */
  all(): Int32Array;
}

/**
 * Makes an empty index.
 *
 * @param size - Entries of a state.
 * @param most - How many states there is room for.
 * @param onFull - Refuses one more.
 * @param room - How many states it holds before it grows, which is done at once; best as many as are known to come.
 */
export function createStateIndex(
  size: number,
  most: number,
  onFull: () => never,
  room = Math.min(1024, most),
): StateIndex {
  let rows = new Int32Array(room * size);
  let slots = new Int32Array(2 ** Math.ceil(Math.log2(4 * room))).fill(-1);
  let count = 0;
  const slotOf = (state: ArrayLike<number>) => {
    let slot = hash(state, size) & (slots.length - 1);
    while (slots[slot]! >= 0 && !isAt(rows, slots[slot]! * size, state, size)) slot = (slot + 1) & (slots.length - 1);
    return slot;
  };
  const grow = () => {
    const wider = new Int32Array(rows.length * 2);
    wider.set(rows);
    rows = wider;
    slots = new Int32Array(slots.length * 2).fill(-1);
    for (let index = 0; index < count; index += 1)
      slots[slotOf(rows.subarray(index * size, (index + 1) * size))] = index;
  };
  return {
    count: () => count,
    find: (state) => slots[slotOf(state)]!,
    read: (index, out) => {
      for (let place = 0; place < size; place += 1) out[place] = rows[index * size + place]!;
      return out;
    },
    all: () => rows.slice(0, count * size),
    add: (state) => {
      const found = slots[slotOf(state)]!;
      if (found >= 0) return found;
      if (count >= most) onFull();
      if ((count + 1) * size > rows.length) grow();
      for (let place = 0; place < size; place += 1) rows[count * size + place] = state[place]!;
      slots[slotOf(state)] = count;
      count += 1;
      return count - 1;
    },
  };
}

/** Adds states row by row to an empty index. Gives the first row that was there before, or -1. */
export function* addStates(index: StateIndex, states: Int32Array, size: number): Pieces<number> {
  for (let row = 0; row * size < states.length; row += 1) {
    if (row % 4096 === 0) yield;
    if (index.add(states.subarray(row * size, (row + 1) * size)) !== row) return row;
  }
  return -1;
}

function hash(state: ArrayLike<number>, size: number): number {
  let mixed = 0x811c9dc5;
  for (let place = 0; place < size; place += 1) {
    mixed = Math.imul(mixed ^ state[place]!, 0x85ebca6b);
    mixed ^= mixed >>> 13;
  }
  return mixed >>> 0;
}

function isAt(rows: Int32Array, start: number, state: ArrayLike<number>, size: number): boolean {
  for (let place = 0; place < size; place += 1) if (rows[start + place] !== state[place]) return false;
  return true;
}
