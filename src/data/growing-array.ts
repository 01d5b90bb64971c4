/** A typed array with room for more. */
export interface GrowingArray<T> {
  /** Adds a number. */
  push(value: number): void;
  /** The numbers since the start or the last call, in an array of their own. */
  take(): T;
}

/** An array that doubles when full. `make` gives one of a size, `slice` copies the beginning of one. */
export function createGrowingArray<T extends Int32Array | Float32Array | Float64Array>(
  make: (size: number) => T,
): GrowingArray<T> {
  let values = make(1024);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) {
        const larger = make(2 * length);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    take() {
      const taken = make(length);
      taken.set(values.subarray(0, length));
      length = 0;
      return taken;
    },
  };
}
