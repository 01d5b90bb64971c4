import type { NumericArray } from '../data/array-data.js';
import { findNonFinite } from '../internal/finite.js';
import { createPause } from '../internal/pause.js';

/** Numbers looked at from one pause to the next. */
const atOnce = 2 ** 20;

/** Refuses NaN and infinity, by the name of the tensor. */
export async function requireFiniteTensors(
  tensors: Readonly<Record<string, { readonly values: NumericArray }>>,
  refuse: (rule: string, value: unknown) => never,
): Promise<void> {
  const pause = createPause();
  for (const [name, { values }] of Object.entries(tensors)) {
    if (!(values instanceof Float32Array || values instanceof Float64Array)) continue;
    for (let start = 0; start < values.length; start += atOnce) {
      const place = findNonFinite(values.subarray(start, start + atOnce));
      if (place >= 0) refuse(`hold finite numbers in '${name}'`, values[start + place]);
      await pause();
    }
  }
}
