import { mean } from '../../statistics/moments.js';

/** Neighbouring steps as one point of a line. */
export interface Bucket {
  /** The last of the steps. */
  readonly step: number;
  readonly low: number;
  readonly mean: number;
  readonly high: number;
  /** Whether the band is the caller's. */
  readonly own: boolean;
}

interface Line {
  readonly values: readonly (number | undefined)[];
  readonly band?: readonly [low: readonly (number | undefined)[], high: readonly (number | undefined)[]];
}

/** Points that a line has at most. */
const most = 150;

/** The points of a line, in runs without a gap. */
export function toBuckets(steps: readonly number[], { values, band }: Line): Bucket[][] {
  const size = Math.max(1, Math.ceil(values.length / most));
  const runs: Bucket[][] = [[]];
  for (let from = 0; from < values.length; from += size) {
    const part = values.slice(from, from + size).filter(isThere);
    if (part.length === 0) {
      if (runs.at(-1)!.length > 0) runs.push([]);
      continue;
    }
    const to = Math.min(values.length, from + size);
    const [low, high] = band ? [band[0], band[1]].map((end) => end.slice(from, to).filter(isThere)) : [part, part];
    runs.at(-1)!.push({
      step: steps[to - 1]!,
      mean: mean(part),
      low: band && low!.length > 0 ? mean(low!) : Math.min(...part),
      high: band && high!.length > 0 ? mean(high!) : Math.max(...part),
      own: band !== undefined,
    });
  }
  return runs.filter((run) => run.length > 0);
}

function isThere(value: number | undefined): value is number {
  return Number.isFinite(value);
}
