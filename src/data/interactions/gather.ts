/** Fills `out` with the values that stand at `places`; returns it. */
export function gather<T extends Int32Array | Float32Array | Float64Array>(
  out: T,
  values: ArrayLike<number>,
  places: ArrayLike<number>,
): T {
  for (let index = 0; index < out.length; index += 1) out[index] = values[places[index]!]!;
  return out;
}

/** The places of `part` in `parts`, rising. */
export function rowsIn(parts: Uint8Array, part: number): Uint32Array {
  let count = 0;
  for (let row = 0; row < parts.length; row += 1) count += parts[row] === part ? 1 : 0;
  const rows = new Uint32Array(count);
  let place = 0;
  for (let row = 0; row < parts.length; row += 1) {
    if (parts[row] !== part) continue;
    rows[place] = row;
    place += 1;
  }
  return rows;
}
