/** One bar of a chart. */
export interface IntervalBar {
  readonly name: string;
  readonly value: number;
  /** Where the value may as well lie; missing where nothing is said of that. */
  readonly interval?: readonly [low: number, high: number] | undefined;
  /** Whether the bar stands for a mark to compare with, not for a result. */
  readonly isMark?: boolean;
}

/** What a chart of bars shows. */
export interface IntervalChart {
  readonly title: string;
  /** One sentence for those who do not see it. */
  readonly description: string;
  readonly bars: readonly IntervalBar[];
}

const width = 720;
const rowHeight = 34;
const plot = { left: 190, right: width - 170 };

const style = `
.bars{font:14px system-ui,sans-serif;--ink:#1d232b;--bar:#1763ae;--mark:#8a94a0;--grid:#d9dee5}
@media(prefers-color-scheme:dark){.bars{--ink:#e6eaf0;--bar:#7cb7f2;--mark:#707b88;--grid:#39414c}}
.bars text{fill:var(--ink)}.bars .result{fill:var(--bar)}.bars .mark{fill:var(--mark)}
.bars line{stroke:var(--ink);stroke-width:1.5}.bars .base{stroke:var(--grid)}`;

/** Draws horizontal bars from 0, each with the range of its interval, as an SVG. */
export function intervalChart({ title, description, bars }: IntervalChart): string {
  const highest = Math.max(1e-9, ...bars.map(({ value, interval }) => interval?.[1] ?? value));
  const x = (value: number) => plot.left + ((plot.right - plot.left) * value) / highest;
  const height = rowHeight * bars.length + 12;
  const rows = bars.map((bar, row) => drawBar(bar, 6 + rowHeight * row, x));
  const base = `<line class="base" x1="${plot.left}" x2="${plot.left}" y1="4" y2="${height - 4}"/>`;
  return (
    `<svg class="chart bars" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">` +
    `<title>${title}</title><desc>${description}</desc><style>${style}</style>${rows.join('')}${base}</svg>`
  );
}

function drawBar({ name, value, interval, isMark }: IntervalBar, top: number, x: (value: number) => number): string {
  const middle = top + rowHeight / 2;
  const at = (number: number) => x(number).toFixed(1);
  const bar = `<rect class="${isMark ? 'mark' : 'result'}" x="${plot.left}" y="${top + 7}" width="${(x(value) - plot.left).toFixed(1)}" height="${rowHeight - 14}" rx="2"/>`;
  const ends = interval ? whisker(at(interval[0]), at(interval[1]), middle) : '';
  const range = interval ? ` (${interval[0].toFixed(3)}–${interval[1].toFixed(3)})` : '';
  const label = `<text x="${plot.left - 10}" y="${middle + 5}" text-anchor="end">${name}</text>`;
  const number = `<text x="${Number(at(Math.max(value, interval?.[1] ?? value))) + 10}" y="${middle + 5}">${value.toFixed(3)}${range}</text>`;
  return bar + ends + label + number;
}

function whisker(low: string, high: string, y: number): string {
  const end = (x: string) => `<line x1="${x}" x2="${x}" y1="${y - 5}" y2="${y + 5}"/>`;
  return `<line x1="${low}" x2="${high}" y1="${y}" y2="${y}"/>${end(low)}${end(high)}`;
}
