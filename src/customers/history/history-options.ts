import type { NamesOf } from '../../data/interactions/interaction-options.js';
import type { CodedColumn, Columns, CountColumn, NumberColumn, TimeColumn } from '../../data/table/column.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requireFinite, requireOneOf, requirePositive, requireTexts } from '../../internal/require.js';

/** In what time is counted. */
export type TimeUnit = 'day' | 'week' | 'month';

/** Options of {@link customerHistory}. */
export interface CustomerHistoryOptions<C extends Columns = Columns, N extends keyof C & string = string> {
  /** Column of the customers' ids. */
  readonly customer: N & NamesOf<C, CodedColumn>;
  /** Column of the times. */
  readonly time: N & NamesOf<C, TimeColumn>;
  /** Column of what a row brought; below 0 for a refund. With `pieces`, the price of one. By default money is not looked at. */
  readonly money?: N & NamesOf<C, CountColumn | NumberColumn>;
  /**
   * Column of pieces: below 0 for a return; with `money`, a row brought pieces times that. By default there is none: without it and
   * without `money` every row is a purchase, a return too.
   */
  readonly pieces?: N & NamesOf<C, CountColumn | NumberColumn>;
  /**
   * Columns of categories of customers, such as a country, a segment or the group of what was bought first: what stands in the first row of
   * a purchase that says one, by time. By default none.
   */
  readonly categories?: readonly (N & NamesOf<C, CodedColumn>)[];
  /** The last day that is known, as any time of it in milliseconds since 1970 UTC. By default the day of the last row. */
  readonly until?: number;
  /** How long after `until` is looked at for what customers did then, in units. By default nothing is. */
  readonly horizon?: number;
  /** In what time is counted; a month is 365.25 / 12 days. Default `'week'`. */
  readonly unit?: TimeUnit;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The same, for work that does not care which columns there are. */
export interface HistorySettings {
  readonly customer: string;
  readonly time: string;
  readonly money?: string | undefined;
  readonly pieces?: string | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly until?: number | undefined;
  readonly horizon?: number | undefined;
  readonly unit?: TimeUnit | undefined;
  readonly signal?: AbortSignal | undefined;
}

function names(): OptionNames<HistorySettings> {
  return {
    customer: true,
    time: true,
    money: true,
    pieces: true,
    categories: true,
    until: true,
    horizon: true,
    unit: true,
    signal: true,
  };
}

/** Days of a unit of time. */
export function daysOf(unit: TimeUnit): number {
  return { day: 1, week: 7, month: 365.25 / 12 }[unit];
}

/** Refuses options that say nothing. */
export function requireHistoryOptions(where: string, options: HistorySettings): void {
  requireGivenOptions(where, options, names());
  const { until, horizon, unit, categories = [] } = options;
  requireTexts(where, 'categories', categories);
  if (new Set(categories).size < categories.length) refuse(where, 'categories', 'name each column once', categories);
  if (until !== undefined) requireFinite(where, 'until', until);
  if (horizon !== undefined) requirePositive(where, 'horizon', horizon);
  if (unit !== undefined) requireOneOf(where, 'unit', ['day', 'week', 'month'], unit);
}
