import { escapeHtml } from '../page/escape-html.js';

/** Round numbers within a range that holds 0, about five of them to its longer side. */
export function ticks(low: number, high: number): number[] {
  const rough = Math.max(high, -low) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const unit = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / unit - 1e-9);
  const last = Math.floor(high / unit + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, place) => (first + place) * unit);
}

/** The numbers of lists that are finite, in pairs of the least and the largest; both 0 where there is none. */
export function extent(values: Iterable<number | undefined>): { readonly low: number; readonly high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value === undefined || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? { low, high } : { low: 0, high: 0 };
}

/** Text of an SVG at a place, escaped here. */
export function textAt(x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end', kind = ''): string {
  const name = kind && ` class="${kind}"`;
  return `<text${name} x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escapeHtml(content)}</text>`;
}
