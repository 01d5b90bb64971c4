import type { LocalZone } from './time-zone.js';

const millisecondsOfDay = 86_400_000;
// 1899-12-30 in days from 1970-01-01. Before 1 March 1900, day 61, Excel counts a 29 February that never was.
const origin = -25_569;
const firstDay = 61;
const lastDay = 2_958_466;

/** A reader of days since 1899-12-30, with the time of day as their fraction, in `zone`; NaN for others. */
export function createExcelParser(zone: LocalZone): (text: string) => number {
  return (text) => {
    if (!/^\d{1,7}(?:[.,]\d+)?$/.test(text)) return Number.NaN;
    const days = Number(text.replace(',', '.'));
    if (!(days >= firstDay && days < lastDay)) return Number.NaN;
    return zone.toUtc(Math.round((days + origin) * millisecondsOfDay));
  };
}
