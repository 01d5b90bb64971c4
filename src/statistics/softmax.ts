/**
 * Turns logarithms of weights into probabilities, in place: exp(log) over the sum of all, none of which leaves the range of doubles.
 *
 * @returns The same array.
 */
export function toProbabilities(logs: Float64Array): Float64Array {
  let [most, sum] = [Number.NEGATIVE_INFINITY, 0];
  for (let k = 0; k < logs.length; k += 1) most = Math.max(most, logs[k]!);
  for (let k = 0; k < logs.length; k += 1) {
    logs[k] = Math.exp(logs[k]! - most);
    sum += logs[k]!;
  }
  for (let k = 0; k < logs.length; k += 1) logs[k]! /= sum;
  return logs;
}
