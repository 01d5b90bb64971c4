import { refuse, requireProbability } from '../internal/require.js';

/** What may be lost of what came in before it is taken for read wrongly: half. */
const usualShare = 0.5;

/** What became of rows, files or whatever else came in. */
export interface Losses {
  /** How many came. */
  readonly rows: number;
  /** How many of them were left out though nobody asked for that. */
  readonly lost: number;
  /** What for. */
  readonly why: () => string;
  /** Largest share that may be lost, in [0, 1]. Default 0.5. */
  readonly mostLost?: number | undefined;
  /** What lets more go. */
  readonly way?: string;
  /** What is counted. Default rows. */
  readonly things?: string;
}

/** Checks the option of that name. */
export function requireMostLost(where: string, mostLost: unknown): void {
  if (mostLost !== undefined) requireProbability(where, 'mostLost', mostLost);
}

/**
 * Refuses what lost more than `mostLost` allows: whoever reads wrongly gets a few rows and good-looking numbers, and no error.
 * All readers that leave something out ask here.
 */
export function requireKept(
  where: string,
  argument: string,
  { rows, lost, why, mostLost = usualShare, way = 'a higher `mostLost` lets more go', things = 'rows' }: Losses,
): void {
  if (lost <= mostLost * rows) return;
  const share = `${Math.floor(1000 * mostLost) / 10}%`;
  const rule = `lose at most ${share} of its ${things}, but ${lost} of ${rows} were left out: ${why()} (${way})`;
  refuse(where, argument, rule, rows - lost);
}
