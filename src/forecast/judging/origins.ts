import { refuse, requirePositiveInteger } from '../../internal/require.js';
import type { PeriodSales } from '../series/period-sales.js';

/** Where forecasts begin: each origin is the number of periods that are known there. */
export interface OriginOptions {
  /** Periods that are forecast from each origin. */
  readonly horizon: number;
  /** How many origins; the last leaves just the horizon. */
  readonly origins: number;
  /** Periods from one origin to the next. */
  readonly step: number;
}

/** Fewest periods before the first origin. */
const leastKnown = 2;

/** The origins, rising. */
export function rollingOrigins(where: string, sales: PeriodSales, { horizon, origins, step }: OriginOptions): number[] {
  requirePositiveInteger(where, 'horizon', horizon);
  requirePositiveInteger(where, 'origins', origins);
  requirePositiveInteger(where, 'step', step);
  const last = sales.periods - horizon;
  const first = last - (origins - 1) * step;
  if (first < leastKnown) {
    const needed = leastKnown + horizon + (origins - 1) * step;
    refuse(
      where,
      'sales.periods',
      `be at least ${needed}, for ${origins} origins of a horizon of ${horizon}`,
      sales.periods,
    );
  }
  return Array.from({ length: origins }, (_, place) => first + place * step);
}
