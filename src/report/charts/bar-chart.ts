import { requireGivenOptions } from '../../internal/options.js';
import { refuse, requireFinite, requireText } from '../../internal/require.js';
import { shortened } from '../page/escape-html.js';
import { isRange, shownEstimate, shownNumber } from '../parts/shown.js';
import { extent, textAt } from './axis.js';
import { type ChartWords, chartFigure, type ReportChart, requireWords } from './chart-figure.js';

/** One bar of a {@link BarChart}. */
export interface ReportBar {
  /** What it is of. */
  readonly name: string;
  /** Where it ends; it begins at 0. */
  readonly value: number;
  /** Where the value may as well lie. Default: nothing is said of that; the same where its ends are infinite. */
  readonly interval?: readonly [low: number, high: number] | undefined;
  /** Whether the bar stands for something to compare with, not for a result: it is grey then. Default `false`. */
  readonly isMark?: boolean;
}

/** What {@link barChart} shows. */
export interface BarChart extends ChartWords {
  /** The bars, from top to bottom. */
  readonly bars: readonly ReportBar[];
  /** What the values are, as the head of the table. Default `'value'`. */
  readonly measure?: string;
}

const width = 720;
const rowHeight = 34;
const plot = { left: 190, right: width - 190 };

/**
 * Horizontal bars from 0, each with the range of its interval, as a part of a report.
 *
 * @param chart - The bars.
 * @returns The part, and its SVG.
 * @throws RangeError when a value is no finite number, an interval does not hold two rising numbers, or there is no bar.
 * @example
 * const bars = [{ name: 'ours', value: 0.31, interval: [0.28, 0.34] }, { name: 'popularity', value: 0.2, isMark: true }] as const;
 * const chart = barChart({ title: 'NDCG', description: 'Ours is ahead.', bars });
 * chart.text.split('\n')[2]; // 'ours        0.31 (0.28 to 0.34)'
 */
export function barChart(chart: BarChart): ReportChart {
  const where = 'barChart';
  requireGivenOptions(
    where,
    chart,
    { title: true, description: true, caption: true, bars: true, measure: true },
    'chart',
  );
  requireWords(where, chart);
  const { bars, measure = 'value' } = chart;
  requireText(where, 'measure', measure);
  if (!Array.isArray(bars) || bars.length === 0) refuse(where, 'bars', 'be an array of bars', bars);
  for (const [place, bar] of bars.entries()) requireBar(where, `bars[${place}]`, bar);
  const rows = bars.map((bar) => [bar.name, shownEstimate({ value: bar.value, ...rangeOf(bar) })]);
  const columns = [{ name: '' }, { name: measure, isNumber: true }];
  const height = rowHeight * bars.length + 12;
  return chartFigure(chart, { width, height, elements: elementsOf(bars, height) }, { columns, rows });
}

function requireBar(where: string, place: string, bar: ReportBar): void {
  requireText(where, `${place}.name`, bar?.name);
  requireFinite(where, `${place}.value`, bar.value);
  const { interval } = bar;
  const isGood =
    interval === undefined || (Array.isArray(interval) && interval.length === 2 && interval[0] <= interval[1]);
  if (!isGood) refuse(where, `${place}.interval`, 'be two numbers, the first not above the second', interval);
}

// What is infinite or has no width is not drawn.
function rangeOf({ interval }: ReportBar): { readonly interval?: readonly [number, number] } {
  return interval && isRange(interval) ? { interval } : {};
}

function elementsOf(bars: readonly ReportBar[], height: number): string[] {
  const { low, high } = extent([0, ...bars.flatMap((bar) => [bar.value, ...(rangeOf(bar).interval ?? [])])]);
  const x = (value: number) => plot.left + ((plot.right - plot.left) * (value - low)) / (high - low || 1);
  const base = x(0).toFixed(1);
  return [
    ...bars.map((bar, row) => drawBar(bar, 6 + rowHeight * row, x)),
    `<line class="grid" x1="${base}" x2="${base}" y1="4" y2="${height - 4}"/>`,
  ];
}

function drawBar(bar: ReportBar, top: number, x: (value: number) => number): string {
  const { name, value, isMark = false } = bar;
  const { interval } = rangeOf(bar);
  const middle = top + rowHeight / 2;
  const [from, to] = [x(Math.min(0, value)), x(Math.max(0, value))];
  const rect = `<rect class="${isMark ? 'mark' : 'b0'}" x="${from.toFixed(1)}" y="${top + 7}" width="${(to - from).toFixed(1)}" height="${rowHeight - 14}" rx="2"/>`;
  const range = interval ? ` (${shownNumber(interval[0])} to ${shownNumber(interval[1])})` : '';
  return [
    rect,
    interval ? whisker(x(interval[0]), x(interval[1]), middle) : '',
    textAt(plot.left - 10, middle + 5, shortened(name, 26), 'end'),
    textAt(x(Math.max(0, value, interval?.[1] ?? value)) + 10, middle + 5, `${shownNumber(value)}${range}`, 'start'),
  ].join('');
}

function whisker(low: number, high: number, y: number): string {
  const line = (from: number, to: number, above: number, below: number) =>
    `<line class="ink" x1="${from.toFixed(1)}" x2="${to.toFixed(1)}" y1="${above}" y2="${below}"/>`;
  return line(low, high, y, y) + line(low, low, y - 5, y + 5) + line(high, high, y - 5, y + 5);
}
