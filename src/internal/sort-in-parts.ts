type Numbers = Float32Array | Float64Array;

/** Numbers that are sorted at once: some 5 milliseconds. */
const part = 2 ** 16;

/** Sorts numbers, of which none is NaN, in place, with pauses: parts are sorted, then merged. */
export async function sortInParts(values: Numbers, pause: () => Promise<void>, size = part): Promise<void> {
  for (let from = 0; from < values.length; from += size) {
    values.subarray(from, from + size).sort();
    await pause();
  }
  let [source, target] = [values, values.length > size ? values.slice() : values];
  for (let width = size; width < values.length; width *= 2) {
    for (let from = 0; from < values.length; from += 2 * width) await merge(source, target, from, width, pause);
    [source, target] = [target, source];
  }
  if (source !== values) values.set(source);
}

async function merge(
  source: Numbers,
  target: Numbers,
  from: number,
  width: number,
  pause: () => Promise<void>,
): Promise<void> {
  const middle = Math.min(from + width, source.length);
  const end = Math.min(from + 2 * width, source.length);
  let [left, right] = [from, middle];
  for (let at = from; at < end; at += 1) {
    const takesLeft = left < middle && (right >= end || source[left]! <= source[right]!);
    target[at] = takesLeft ? source[left++]! : source[right++]!;
    if (at % part === 0) await pause();
  }
}
