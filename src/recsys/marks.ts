/** A set of indices that is emptied at no cost. */
export interface Marks {
  clear(): void;
  /** Adds an index; says whether it was new. Indices outside are ignored, and never new. */
  add(index: number): boolean;
  has(index: number): boolean;
  /** What was added since it was emptied; a view. */
  listed(): Int32Array;
}

/** Makes a set of indices below `size`. */
export function createMarks(size: number): Marks {
  const rounds = new Uint32Array(size);
  const list = new Int32Array(size);
  let [round, length] = [1, 0];
  return {
    clear() {
      round += 1;
      length = 0;
    },
    add(index) {
      if (!(index >= 0 && index < size) || rounds[index] === round) return false;
      rounds[index] = round;
      list[length] = index;
      length += 1;
      return true;
    },
    has: (index) => rounds[index] === round,
    listed: () => list.subarray(0, length),
  };
}
