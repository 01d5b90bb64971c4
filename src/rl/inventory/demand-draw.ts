import { refuse } from '../../internal/require.js';
import type { Rng } from '../../random/rng.js';
import type { Demand, DemandSource } from '../demand/demand.js';
import { empiricalDemand, requireSeries } from '../demand/empirical-demand.js';

/** Draws whole units for a period. */
export type DemandDraw = (rng: Rng, period: number) => number;

/** Refuses what is no source of demand. */
export function requireDemand(where: string, demand: DemandSource): void {
  if (isSeries(demand)) requireSeries(where, 'demand', demand);
  else if (typeof demand !== 'function' && typeof demand?.sample !== 'function') {
    refuse(where, 'demand', 'be a distribution, a series of numbers or a function', demand);
  }
}

/** A draw from any source. A series begins at `start()` of the current episode. */
export function demandDraw(where: string, demand: DemandSource, start: () => number): DemandDraw {
  if (isSeries(demand)) {
    const units = requireSeries(where, 'demand', demand);
    return (_rng, period) => units[start() + period]!;
  }
  const draw = typeof demand === 'function' ? demand : (rng: Rng) => demand.sample(rng);
  return (rng, period) => {
    const units = draw(rng, period);
    if (!Number.isFinite(units)) refuse(where, 'demand', `give finite numbers (period ${period})`, units);
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
