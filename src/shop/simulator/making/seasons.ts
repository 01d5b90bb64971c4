import { millisecondsOfDay } from '../../../data/orders/days.js';
import type { ShopSettings } from '../shop-options.js';
import type { SimulatedShop } from '../simulated-shop.js';

const yearLength = 365.25;
/** Day of the year, from 0, on which most visits come: the sixth of December. */
const peakOfVisits = 340;

/** Factor of all visits for each day: the day of the week times the time of the year. */
export function visitSeasons({ days, start, weekdays, yearlyAmplitude }: ShopSettings): Float64Array {
  const mean = weekdays.reduce((sum, factor) => sum + factor, 0) / 7;
  const first = Math.floor(start / millisecondsOfDay);
  return Float64Array.from({ length: days }, (_, day) => {
    // 1970 began on a Thursday, which is 3 counted from Monday.
    const weekday = (((first + day + 3) % 7) + 7) % 7;
    return (weekdays[weekday]! / mean) * wave(dayOfYear(start) + day, peakOfVisits, yearlyAmplitude);
  });
}

/** Factor of the demand for each category, `[C]`, on one day. */
export function categorySeasons(categories: SimulatedShop['categories'], start: number, day: number): Float64Array {
  return categories.peakDays.map((peak, category) =>
    wave(dayOfYear(start) + day, peak, categories.amplitudes[category]!),
  );
}

// 1 + amplitude at the peak, 1 - amplitude half a year later, 1 in the mean.
function wave(day: number, peak: number, amplitude: number): number {
  return 1 + amplitude * Math.cos((2 * Math.PI * (day - peak)) / yearLength);
}

function dayOfYear(time: number): number {
  return Math.floor((time - Date.UTC(new Date(time).getUTCFullYear(), 0, 1)) / millisecondsOfDay);
}
