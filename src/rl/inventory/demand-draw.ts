import { refuse } from '../../internal/require.js';
import type { Rng } from '../../random/rng.js';
import { type Demand, type DemandSource, requireDistribution } from '../demand/demand.js';
import { empiricalDemand, requireSeries } from '../demand/empirical-demand.js';

/** Draws whole units for a period. */
export type DemandDraw = (rng: Rng, period: number) => number;

// Sums of so many stay exact.
const mostUnits = 1e9;

/** Refuses what is no source of demand. */
export function requireDemand(where: string, demand: DemandSource): void {
  if (isSeries(demand)) requireSeries(where, 'demand', demand);
  else if (typeof demand !== 'function') {
    if (typeof (demand as Demand | undefined)?.sample !== 'function') {
      refuse(where, 'demand', 'be a distribution, a series of numbers or a function', demand);
    }
    requireDistribution(where, 'demand', demand);
  }
}

/** A draw from any source. A series begins at `start()` of the current episode. */
export function demandDraw(where: string, demand: DemandSource, start: () => number): DemandDraw {
  if (isSeries(demand)) {
    const units = requireSeries(where, 'demand', demand);
    return (_rng, period) => units[start() + period]!;
  }
  const isGenerator = typeof demand === 'function';
  const draw = isGenerator ? demand : (rng: Rng) => demand.sample(rng);
  return (rng, period) => {
    const units = draw(rng, period);
    if (!Number.isFinite(units)) refuse(where, 'demand', `give finite numbers (period ${period})`, units);
    // A distribution may reach below zero, as the normal one does; a generator that does is wrong.
    if (isGenerator && units < 0) refuse(where, 'demand', `give numbers >= 0 (period ${period})`, units);
    if (units > mostUnits) refuse(where, 'demand', `give at most ${mostUnits} units (period ${period})`, units);
    return Math.max(0, Math.round(units));
  };
}

/** The distribution behind a source; of a series the share of each number; nothing of a function. */
export function distributionOf(demand: DemandSource): Demand | undefined {
  if (typeof demand === 'function') return undefined;
  return isSeries(demand) ? empiricalDemand(demand) : demand;
}

/** Whether the demand is a recorded series. */
export function isSeries(demand: DemandSource): demand is readonly number[] {
  return Array.isArray(demand) || ArrayBuffer.isView(demand);
}
