/** Fills `out` with the values that stand at `places`; returns it. */
export function gather<T extends Int32Array | Float32Array | Float64Array>(
  out: T,
  values: ArrayLike<number>,
  places: ArrayLike<number>,
): T {
  for (let index = 0; index < out.length; index += 1) out[index] = values[places[index]!]!;
  return out;
}
