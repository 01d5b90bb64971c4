/** A list of numbers in a typed array that grows. */
export interface NumberList<T extends Int32Array | Float64Array = Int32Array | Float64Array> {
  length(): number;
  push(value: number): void;
  last(): number | undefined;
  addToLast(value: number): void;
  /** What is in it, as a view. */
  values(): T;
}

/** Makes an empty list of the given kind. */
export function createNumberList<T extends Int32Array | Float64Array>(kind: new (length: number) => T): NumberList<T> {
  let room = new kind(1024);
  let length = 0;
  return {
    length: () => length,
    last: () => (length === 0 ? undefined : room[length - 1]),
    values: () => room.subarray(0, length) as T,
    addToLast: (value) => {
      room[length - 1]! += value;
    },
    push: (value) => {
      if (length === room.length) {
        const wider = new kind(2 * length);
        wider.set(room);
        room = wider;
      }
      room[length] = value;
      length += 1;
    },
  };
}
