/** Pearson's statistic; cells whose expectation is below 5 count as one. */
export function pearson(observed: ArrayLike<number>, expected: ArrayLike<number>): { chi2: number; cells: number } {
  let [chi2, cells, restObserved, restExpected] = [0, 0, 0, 0];
  for (let cell = 0; cell < expected.length; cell += 1) {
    if (expected[cell]! < 5) {
      restObserved += observed[cell]!;
      restExpected += expected[cell]!;
      continue;
    }
    chi2 += (observed[cell]! - expected[cell]!) ** 2 / expected[cell]!;
    cells += 1;
  }
  if (restExpected >= 5) {
    chi2 += (restObserved - restExpected) ** 2 / restExpected;
    cells += 1;
  }
  return { chi2, cells };
}

/**
 * How many standard normal deviations a chi-square number lies above what its degrees of freedom let expect
 * (Wilson and Hilferty 1931).
 */
export function deviation(chi2: number, degrees: number): number {
  const spread = 2 / (9 * degrees);
  return ((chi2 / degrees) ** (1 / 3) - (1 - spread)) / Math.sqrt(spread);
}

/** Deviation of independent Poisson counts from their means. */
export function poissonDeviation(observed: ArrayLike<number>, expected: ArrayLike<number>): number {
  const { chi2, cells } = pearson(observed, expected);
  return deviation(chi2, cells);
}

export function total(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0);
}

/**
 * Poisson regression of counts on one variable: `log mean = log exposure + a + slope * x`, by Newton's method.
 *
 * @returns The slope and its standard error.
 */
export function poissonSlope(counts: readonly number[], x: readonly number[], exposure: readonly number[]) {
  let [a, slope, variance] = [Math.log(total(counts) / total(exposure)), 0, 0];
  for (let round = 0; round < 30; round += 1) {
    const means = x.map((value, row) => exposure[row]! * Math.exp(a + slope * value));
    const [g0, g1] = [total(counts) - total(means), total(x.map((v, row) => v * (counts[row]! - means[row]!)))];
    const [h00, h01] = [total(means), total(x.map((v, row) => v * means[row]!))];
    const h11 = total(x.map((v, row) => v * v * means[row]!));
    const determinant = h00 * h11 - h01 * h01;
    a += (h11 * g0 - h01 * g1) / determinant;
    slope += (h00 * g1 - h01 * g0) / determinant;
    variance = h00 / determinant;
  }
  return { slope, error: Math.sqrt(variance) };
}
