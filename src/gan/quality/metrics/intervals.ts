const normal = 1.959963984540054;

/** 95% interval of a mean: the mean of independent values plus and minus Student's quantile times the standard error. */
export function meanInterval(values: ArrayLike<number>): readonly [low: number, high: number] {
  const { mean, deviation } = momentsOf(values);
  return around(mean, deviation / Math.sqrt(values.length), values.length - 1);
}

/** `value` plus and minus a standard error times Student's quantile for `freedom` degrees of freedom. */
export function around(value: number, error: number, freedom: number): readonly [low: number, high: number] {
  const reach = studentQuantile(freedom) * error;
  return [value - reach, value + reach];
}

/**
 * 95% interval of a share of `count` independent trials, of which `hits` came true; never outside [0, 1].
 *
 * @see Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927)
 */
export function wilsonInterval(hits: number, count: number): readonly [low: number, high: number] {
  const share = hits / count;
  const square = normal ** 2;
  const middle = (share + square / (2 * count)) / (1 + square / count);
  const reach = (normal / (1 + square / count)) * Math.sqrt((share * (1 - share)) / count + square / (4 * count ** 2));
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
}

/** Mean and standard deviation, with one less than their number below the sum of squares. */
export function momentsOf(values: ArrayLike<number>): { readonly mean: number; readonly deviation: number } {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let index = 0; index < values.length; index += 1) squares += (values[index]! - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}

/**
 * The 97.5% quantile of Student's distribution; within 1% from 4 degrees of freedom on, too small below 3.
 *
 * @see Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 26.7.5
 */
export function studentQuantile(freedom: number): number {
  const z = normal;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}
