import { weekdayOf } from '../../../data/orders/days.js';
import { logNegativeBinomial } from '../../../statistics/negative-binomial.js';
import { normalDensity } from '../../../statistics/normal.js';
import type { DailyDemand } from '../daily-demand.js';
import { nextLevel } from './feedback.js';
import { type DemandFit, expectedLines } from './fit-demand.js';

// Places at which the normal number that all products share is looked at, so many from -5 to 5: sums over them are integrals
// to many digits.
const nodes = 41;
const step = 0.25;

/** The logarithm of the probability of each day's order lines, given the days before and the level behind those learned from. */
export async function logLinesOfDays(
  fit: DemandFit,
  demand: DailyDemand,
  promoted: Uint8Array,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const { closed, closedShare } = fit.weekdays;
  const { days, products, start, open, lines } = demand;
  const expected = await expectedLines(demand, fit.weekdays, promoted, pause);
  const levels = fit.levels.slice();
  const logs = new Float64Array(days);
  for (let day = 0; day < days; day += 1) {
    await pause();
    const from = day * products.size;
    const isClosed = closed[weekdayOf(start, day)]!;
    if (open[day] === 0) logs[day] = isClosed ? 0 : Math.log(closedShare);
    else if (isClosed) logs[day] = Number.NEGATIVE_INFINITY;
    else
      logs[day] =
        Math.log1p(-closedShare) +
        logLines(fit, levels, expected.subarray(from, from + levels.length), lines.subarray(from));
    for (let product = 0; product < levels.length; product += 1) {
      const [count, usual] = [lines[from + product]!, expected[from + product]!];
      levels[product] = nextLevel(fit.feedback[product]!, levels[product]!, count, usual);
    }
  }
  return logs;
}

function logLines(
  { exposures, shapes }: DemandFit,
  levels: Float64Array,
  expected: Float64Array,
  lines: Int32Array,
): number {
  const logs = Array.from({ length: nodes }, (_, place) => {
    const node = (place - (nodes - 1) / 2) * step;
    let log = Math.log(normalDensity(node) * step);
    for (let product = 0; product < levels.length; product += 1) {
      const shop = Math.exp(exposures[product]! * node - exposures[product]! ** 2 / 2);
      log += logNegativeBinomial(lines[product]!, expected[product]! * levels[product]! * shop, shapes[product]!);
    }
    return log;
  });
  const most = Math.max(...logs);
  return most === Number.NEGATIVE_INFINITY
    ? most
    : most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
}
