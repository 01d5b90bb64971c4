import { refuseFile } from '../../internal/file-fault.js';
import { largestWeight } from '../../internal/finite.js';

/**
 * Refuses dense layers of a file under which what a network says may not be finite: how far from 0 a unit can be is its bias and the weights before
 * it, each times how far what it takes can be.
 *
 * @param reach - How far from 0 what the first layer takes can be.
 * @param layers - Kernel and bias of each layer in turn.
 */
export async function requireReach(
  reach: number,
  layers: readonly Float32Array[],
  pause: () => Promise<void>,
): Promise<void> {
  let most = reach;
  for (let place = 0; place < layers.length; place += 2) {
    const [kernel, bias] = [layers[place]!, layers[place + 1]!];
    const sums = Float64Array.from(bias, Math.abs);
    for (let from = 0; from < kernel.length; from += sums.length) {
      for (let unit = 0; unit < sums.length; unit += 1) sums[unit]! += most * Math.abs(kernel[from + unit]!);
      if ((from / sums.length) % 64 === 0) await pause();
    }
    most = furthest(sums);
  }
  if (!(most <= largestWeight)) refuseFile('hold weights under which what it says is finite', most);
}

/** How far from 0 numbers are at most. */
export function furthest(values: Float32Array | Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
