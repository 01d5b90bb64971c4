/** A level smoothed exponentially, and how far it was off one step ahead. */
export interface Smoothed {
  /** The level behind the last value: the forecast. */
  readonly level: number;
  /** Sum of the squared errors of one step ahead, the first value left out. */
  readonly squares: number;
}

/**
 * Simple exponential smoothing from the first value on.
 *
 *     level = level + alpha (value - level)
 *
 * @param values - One or more.
 */
export function smooth(values: ArrayLike<number>, alpha: number): Smoothed {
  let [level, squares] = [values[0]!, 0];
  for (let at = 1; at < values.length; at += 1) {
    const error = values[at]! - level;
    squares += error * error;
    level += alpha * error;
  }
  return { level, squares };
}

/** Bounds of a smoothing that is fitted. */
const [leastAlpha, mostAlpha, tried] = [0.01, 0.99, 50];

/** The smoothing in [0.01, 0.99] whose squared errors of one step ahead are least; of equals the smallest. */
export function fitSmoothing(values: ArrayLike<number>): number {
  const grid = (mostAlpha - leastAlpha) / (tried - 1);
  let [best, least] = [leastAlpha, Number.POSITIVE_INFINITY];
  for (let place = 0; place < tried; place += 1) {
    const { squares } = smooth(values, leastAlpha + place * grid);
    // Rounding must not choose among equals, as of a series that never varies.
    if (squares < least * (1 - 1e-12)) [best, least] = [leastAlpha + place * grid, squares];
  }
  return goldenSection(
    (alpha) => smooth(values, alpha).squares,
    Math.max(leastAlpha, best - grid),
    Math.min(mostAlpha, best + grid),
  );
}

// The lowest point between two, of a function with one valley there; the lower end where it is flat.
function goldenSection(of: (x: number) => number, low: number, high: number): number {
  const share = (Math.sqrt(5) - 1) / 2;
  let [from, to] = [low, high];
  let [left, right] = [to - share * (to - from), from + share * (to - from)];
  let [atLeft, atRight] = [of(left), of(right)];
  while (to - from > 1e-6) {
    if (atLeft <= atRight) {
      [to, right, atRight] = [right, left, atLeft];
      left = to - share * (to - from);
      atLeft = of(left);
    } else {
      [from, left, atLeft] = [left, right, atRight];
      right = from + share * (to - from);
      atRight = of(right);
    }
  }
  return of(low) <= atLeft ? low : left;
}

/**
 * Variances of forecasts by a smoothed level, each period by itself and the first 1, 2 ... together.
 *
 *     period h: square (1 + (h - 1) alpha^2);   h periods together: square * sum over j < h of (1 + j alpha)^2
 *
 * @param square - Mean squared error of one step ahead.
 * @see Hyndman, Koehler, Ord and Snyder, "Forecasting with Exponential Smoothing" (2008)
 */
export function levelVariances(square: number, alpha: number, horizon: number) {
  let total = 0;
  const variances = Array.from({ length: horizon }, (_, step) => square * (1 + step * alpha ** 2));
  const totals = Array.from({ length: horizon }, (_, step) => {
    total += square * (1 + step * alpha) ** 2;
    return total;
  });
  return { variances, totals };
}

/** Mean of squares; where there are none, as of a first sale alone, what Poisson's distribution of the mean would have. */
export function meanSquare(squares: number, count: number, mean: number): number {
  return count > 0 ? squares / count : Math.max(0, mean);
}
