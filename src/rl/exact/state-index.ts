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

/** States that each new one moves to the new slots: they are through long before the next growth, which would take a while at once. */
const movedAtOnce = 8;

/**
 * Makes an empty index.
 *
 * @param size - Entries of a state.
 * @param most - How many states there is room for.
 * @param onFull - Refuses one more.
 * @param room - How many states it holds before it grows; best as many as are known to come.
 */
export function createStateIndex(
  size: number,
  most: number,
  onFull: () => never,
  room = Math.min(1024, most),
): StateIndex {
  let rows = new Int32Array(room * size);
  // One more than the number of a state, or 0: a new table of zeros costs nothing until it is written to.
  let slots = new Int32Array(2 ** Math.ceil(Math.log2(4 * room)));
  // The slots from before the last growth, until all of their states have moved.
  let former: Int32Array | undefined;
  let [count, moved, toMove] = [0, 0, 0];
  const slotOf = (table: Int32Array, state: ArrayLike<number>) => {
    let slot = hash(state, size) & (table.length - 1);
    while (table[slot]! > 0 && !isAt(rows, (table[slot]! - 1) * size, state, size))
      slot = (slot + 1) & (table.length - 1);
    return slot;
  };
  const find = (state: ArrayLike<number>) => {
    const found = slots[slotOf(slots, state)]! - 1;
    return found >= 0 || !former ? found : former[slotOf(former, state)]! - 1;
  };
  const grow = () => {
    const wider = new Int32Array(rows.length * 2);
    wider.set(rows);
    [rows, former, slots] = [wider, slots, new Int32Array(slots.length * 2)];
    [moved, toMove] = [0, count];
  };
  const moveSome = () => {
    for (const end = Math.min(moved + movedAtOnce, toMove); moved < end; moved += 1)
      slots[slotOf(slots, rows.subarray(moved * size, (moved + 1) * size))] = moved + 1;
    if (moved === toMove) former = undefined;
  };
  return {
    count: () => count,
    find,
    read: (index, out) => {
      for (let place = 0; place < size; place += 1) out[place] = rows[index * size + place]!;
      return out;
    },
    all: () => rows.slice(0, count * size),
    add: (state) => {
      const found = find(state);
      if (found >= 0) return found;
      if (count >= most) onFull();
      if ((count + 1) * size > rows.length) grow();
      for (let place = 0; place < size; place += 1) rows[count * size + place] = state[place]!;
      slots[slotOf(slots, state)] = count + 1;
      count += 1;
      if (former) moveSome();
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
