import type { TimeUnit } from '../history/history-options.js';

/** What is usual in a segment: medians over its customers. */
export interface SegmentProfile {
  /** From the last purchase to the date, in units. */
  readonly sinceLast: number;
  /** Purchase days, the first included. */
  readonly purchases: number;
  /** What a purchase day brought. By default missing, where no money is known. */
  readonly money?: number;
}

/** A profile in plain words, such as "bought 3 days ago, often (9 times), much (71.5 a day)". */
export function wordsOf(profile: SegmentProfile, all: SegmentProfile, unit: TimeUnit): string {
  const ago = `bought ${numeral(profile.sinceLast)} ${unit}${numeral(profile.sinceLast) === '1' ? '' : 's'} ago`;
  const often =
    profile.purchases <= 1
      ? 'once'
      : `${level(profile.purchases, all.purchases, oftenWords)} (${numeral(profile.purchases)} times)`;
  if (profile.money === undefined) return `${ago}, ${often}`;
  return `${ago}, ${often}, ${level(profile.money, all.money ?? 0, muchWords)} (${numeral(profile.money)} a day)`;
}

const oftenWords = ['seldom', 'as often as most', 'often'] as const;
const muchWords = ['little', 'as much as most', 'much'] as const;
/** From this multiple of the usual on, and below its inverse, a number is another one. */
const notable = 1.25;

function level(value: number, usual: number, words: readonly [string, string, string]): string {
  if (value > usual * notable) return words[2];
  return value * notable < usual ? words[0] : words[1];
}

// Three digits, or whole numbers.
function numeral(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
