export const millisecondsOfDay = 86_400_000;

/** Fewest days that are learned from: each weekday twice. */
export const fewestDays = 14;

/** Most days of a table of orders: of more, one of the dates is wrong. */
export const mostDays = 36_525;

/** Day of the week of each day behind `start`, 0 for Sunday, as `Date` counts them. */
export function weekdayOf(start: number, day: number): number {
  return new Date(start + day * millisecondsOfDay).getUTCDay();
}
