/**
 * The quantile of all sums of so many neighbouring periods of a series, each as likely as any other: the smallest of them that a share of
 * `probability` stays at or below. A series of fewer periods counts as one sum, drawn out to their number.
 */
export function quantileOfSums(series: Float64Array, periods: number, probability: number): number {
  const { length } = series;
  if (length < periods) return (series.reduce((sum, value) => sum + value, 0) / Math.max(1, length)) * periods;
  let sum = 0;
  const sums: number[] = [];
  for (let at = 0; at < length; at += 1) {
    sum += series[at]! - (at >= periods ? series[at - periods]! : 0);
    if (at >= periods - 1) sums.push(sum);
  }
  sums.sort((one, other) => one - other);
  return sums[Math.max(0, Math.ceil(sums.length * probability - 1e-9) - 1)]!;
}
