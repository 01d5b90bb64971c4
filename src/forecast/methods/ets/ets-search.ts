import type { Pieces } from '../../../internal/pieces.js';
import { nelderMead } from '../../../statistics/minimising/nelder-mead.js';
import { type EtsFit, type EtsParts, type EtsSmoothing, fitStates, freeStates } from './ets-model.js';

/** A fitted exponential smoothing, and what it is chosen by. */
export interface EtsChoice extends EtsFit {
  readonly parts: EtsParts;
  /** Akaike's criterion with its correction for short series; the lower the better. */
  readonly criterion: number;
  /** Numbers that were fitted, the variance left out. */
  readonly fitted: number;
}

/** Whether a series is long enough for a model: two seasons, and more numbers than the criterion needs. */
export function hasRoom(series: Float64Array, parts: EtsParts): boolean {
  return series.length > fittedNumbers(parts) + 3 && (parts.season === 1 || series.length >= 2 * parts.season);
}

function fittedNumbers(parts: EtsParts): number {
  return smoothings(parts) + freeStates(parts);
}

function smoothings({ trend, season }: EtsParts): number {
  return 1 + { none: 0, linear: 1, damped: 2 }[trend] + (season > 1 ? 1 : 0);
}

const search = { tolerance: 1e-7, most: 200 };

/** Fits the smoothing of one model by its likelihood. */
export function* fitEts(series: Float64Array, parts: EtsParts): Pieces<EtsChoice> {
  const squares = function* (point: Float64Array): Pieces<number> {
    return (yield* fitStates(series, parts, smoothingAt(point, parts))).squares;
  };
  // Likelihoods may have several valleys: the search begins in the lowest of three.
  let best: { readonly point: Float64Array; readonly value: number } | undefined;
  for (const level of [-2.5, -1, 0.5]) {
    const start = new Float64Array(smoothings(parts)).fill(-1.5);
    start[0] = level;
    const value = yield* squares(start);
    if (best === undefined || value < best.value) best = { point: start, value };
  }
  let found = yield* nelderMead(squares, best!.point, search);
  // Far out a bounded smoothing no longer moves, and the simplex lies down: once more from nearer by.
  const nearer = found.point.map((value) => Math.max(-3, Math.min(3, value)));
  const again = yield* nelderMead(squares, nearer, search);
  if (again.value < found.value) found = again;
  const fit = yield* fitStates(series, parts, smoothingAt(found.point, parts));
  const fitted = fittedNumbers(parts);
  return { ...fit, parts, fitted, criterion: criterionOf(fit.squares, series, fitted + 1) };
}

// What is left of errors by rounding must not count as fit.
function criterionOf(squares: number, series: Float64Array, numbers: number): number {
  const { length } = series;
  const rounding = 1e-12 * series.reduce((sum, value) => sum + value * value, 0);
  return (
    length * Math.log(Math.max(squares, rounding) / length) +
    2 * numbers +
    (2 * numbers * (numbers + 1)) / (length - numbers - 1)
  );
}

// Any numbers to smoothings within their bounds: trend below level, season below 1 - level, damping from 0.8 to 0.98.
function smoothingAt(point: Float64Array, { trend, season }: EtsParts): EtsSmoothing {
  let next = 0;
  const share = () => {
    const value = 1 / (1 + Math.exp(-point[next]!));
    next += 1;
    return 0.0001 + 0.9998 * value;
  };
  const level = share();
  return {
    level,
    trend: trend === 'none' ? 0 : level * share(),
    damping: trend === 'damped' ? 0.8 + 0.18 * share() : 1,
    season: season > 1 ? (1 - level) * share() : 0,
  };
}
