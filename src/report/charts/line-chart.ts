import { requireGivenOptions } from '../../internal/options.js';
import { refuse, requireEach, requireFinite, requirePositive, requireText } from '../../internal/require.js';
import { shortened } from '../page/escape-html.js';
import { shownNumber } from '../parts/shown.js';
import { extent, textAt, ticks } from './axis.js';
import { type ChartWords, chartFigure, type ReportChart, requireWords } from './chart-figure.js';
import { type Bucket, toBuckets } from './line-buckets.js';

/** One line of a {@link LineChart}. */
export interface ReportSeries {
  /** What it is. */
  readonly name: string;
  /** `[N]`: a value for each step; `undefined` where there is none. What is not finite is left out, and counted under the chart. */
  readonly values: readonly (number | undefined)[];
  /** `[N]`: lower and upper ends of a band around it. Default: the least and the largest of neighbouring values, where the chart joins them. */
  readonly band?: readonly [low: readonly (number | undefined)[], high: readonly (number | undefined)[]];
}

/** What {@link lineChart} shows. */
export interface LineChart extends ChartWords {
  /** `[N]`: rising numbers. */
  readonly steps: readonly number[];
  /** One to four lines. */
  readonly series: readonly ReportSeries[];
  /** What the steps are. Default `'step'`. */
  readonly unit?: string;
  /** Top of the axis. Default: the largest mean, a little more. */
  readonly top?: number;
  /** A value to mark by a dotted line. Default: none. */
  readonly mark?: number;
}

const [width, height] = [720, 300];
const plot = { left: 58, right: width - 134, top: 14, bottom: height - 38 };
/** Lines that the table beside the chart has at most. */
const mostRows = 36;

const style = `
.chart .dots{stroke:var(--ink);stroke-dasharray:2 4}.chart .line{fill:none;stroke-width:2}.chart .band{opacity:.22}
.chart .s0{stroke:var(--c0)}.chart .s1{stroke:var(--c1);stroke-dasharray:7 3}.chart .s2{stroke:var(--c2);stroke-dasharray:2 3}.chart .s3{stroke:var(--c3);stroke-dasharray:9 3 2 3}`;

/**
 * Lines over steps as a part of a report. Where there are more than 150 steps, neighbouring ones are joined: the line is their
 * mean, the band goes from the least to the largest.
 *
 * The axis holds 0. Values that are not finite are left out, and counted under the chart. Beside the chart stand the numbers of at most
 * 36 steps.
 *
 * @param chart - Steps and lines.
 * @returns The part, and its SVG.
 * @throws RangeError when steps do not rise, a line has another number of values, there is no line or more than four, or something is
 *   no number.
 * @example
 * const series = [{ name: 'tea', values: [3, 5, 4] }];
 * const chart = lineChart({ title: 'Sales', description: 'Between 3 and 5.', steps: [1, 2, 3], unit: 'day', series });
 * chart.text.split('\n'); // ['Sales', 'day  tea', '  1    3', '  2    5', '  3    4']
 */
export function lineChart(chart: LineChart): ReportChart {
  requireLineChart('lineChart', chart);
  const { steps, series, unit = 'step', caption = chart.title } = chart;
  const missing = series.reduce(
    (sum, { values }) => sum + values.filter((value) => value !== undefined && !Number.isFinite(value)).length,
    0,
  );
  const said =
    missing === 0
      ? caption
      : `${caption} Left out: ${missing} ${missing === 1 ? 'value that is' : 'values that are'} not finite.`;
  const rows = spread(steps.length).map((at) => [steps[at]!, ...series.flatMap((line) => cellsAt(line, at))]);
  const heads = series.flatMap(({ name, band }) => [name, ...(band ? [`${name}, low`, `${name}, high`] : [])]);
  const columns = [unit, ...heads].map((name) => ({ name, isNumber: true }));
  return chartFigure(
    { ...chart, caption: said },
    { width, height, elements: elementsOf(chart), style },
    { columns, rows },
  );
}

function cellsAt({ values, band }: ReportSeries, at: number): (number | string)[] {
  return [values, ...(band ?? [])].map((list) => list[at] ?? '');
}

function requireLineChart(where: string, chart: LineChart): void {
  const names = {
    title: true,
    description: true,
    caption: true,
    steps: true,
    series: true,
    unit: true,
    top: true,
    mark: true,
  } as const;
  requireGivenOptions(where, chart, names, 'chart');
  requireWords(where, chart);
  const { steps, series, unit = '', top, mark } = chart;
  requireText(where, 'unit', unit);
  if (!Array.isArray(steps)) refuse(where, 'steps', 'be an array of numbers', steps);
  requireEach(where, 'steps', steps, Number.isFinite, 'be a finite number');
  const still = steps.findIndex((step, place) => place > 0 && step <= steps[place - 1]!);
  if (still > 0) refuse(where, `steps[${still}]`, 'be above the step before', steps[still]);
  if (!Array.isArray(series) || series.length < 1 || series.length > 4)
    refuse(where, 'series', 'hold one to four lines', series);
  for (const [place, line] of series.entries()) requireSeries(where, `series[${place}]`, line, steps.length);
  if (top !== undefined) requirePositive(where, 'top', top);
  if (mark !== undefined) requireFinite(where, 'mark', mark);
}

function requireSeries(where: string, place: string, line: ReportSeries, count: number): void {
  requireText(where, `${place}.name`, line?.name);
  const { values, band = [] } = line;
  const lists = [['values', values], ...band.map((list, end) => [`band[${end}]`, list])] as const;
  for (const [name, list] of lists) {
    const full = `${place}.${name}`;
    if (!Array.isArray(list) || list.length !== count)
      refuse(where, full, `hold a number for each of ${count} steps`, list);
    requireEach(where, full, list, (value) => value === undefined || typeof value === 'number', 'be a number');
  }
}

function elementsOf({ steps, series, unit = 'step', top, mark }: LineChart): string[] {
  const lines = series.map((line) => toBuckets(steps, line));
  const all = extent([
    ...lines.flat(2).flatMap((bucket) => [bucket.mean, ...(bucket.own ? [bucket.low, bucket.high] : [])]),
    mark,
  ]);
  const high = top ?? (all.high > 0 ? 1.08 * all.high : all.low < 0 ? 0 : 1);
  const low = Math.min(0, 1.08 * all.low);
  const [first, last] = [steps[0] ?? 0, steps.at(-1) ?? 1];
  const start = first > 0 && first <= (last - first) / 10 ? 0 : first;
  const x = (step: number) => plot.left + ((plot.right - plot.left) * (step - start)) / (last - start || 1);
  const y = (value: number) =>
    plot.bottom - ((plot.bottom - plot.top) * (Math.min(Math.max(value, low), high) - low)) / (high - low);
  const across = (value: number, kind: string) =>
    `<line class="${kind}" x1="${plot.left}" x2="${plot.right}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}"/>`;
  return [
    ...ticks(low, high).map(
      (value) => across(value, 'grid') + textAt(plot.left - 8, y(value) + 4, shownNumber(value), 'end'),
    ),
    ...stepTicks(start, last).map((step) => textAt(x(step), plot.bottom + 18, shownNumber(step), 'middle')),
    textAt((plot.left + plot.right) / 2, height - 4, unit, 'middle'),
    ...(mark === undefined ? [] : [across(mark, 'dots')]),
    ...lines.flatMap((runs, index) => runs.flatMap((run) => drawRun(run, index, x, y))),
    ...namesOf(
      series.map(({ name }) => name),
      lines.map((runs) => y(runs.at(-1)?.at(-1)?.mean ?? 0)),
    ),
  ];
}

// Steps may begin anywhere; marks are those of the distance, counted from a round number.
function stepTicks(start: number, last: number): number[] {
  if (!(last > start)) return [start];
  const unit = ticks(0, last - start)[1]!;
  const first = Math.ceil(start / unit - 1e-9);
  return Array.from({ length: Math.floor(last / unit + 1e-9) - first + 1 }, (_, place) => (first + place) * unit);
}

function drawRun(
  run: readonly Bucket[],
  index: number,
  x: (step: number) => number,
  y: (value: number) => number,
): string[] {
  const point = (step: number, value: number) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`;
  const upper = run.map(({ step, high }) => point(step, high));
  const lower = run.map(({ step, low }) => point(step, low)).reverse();
  const middle = run.map(({ step, mean }) => point(step, mean));
  // A line of one point would not be seen.
  const dot =
    run.length === 1
      ? [`<circle class="b${index}" cx="${middle[0]!.split(',')[0]}" cy="${middle[0]!.split(',')[1]}" r="3"/>`]
      : [];
  return [
    `<polygon class="band b${index}" points="${[...upper, ...lower].join(' ')}"/>`,
    `<polyline class="line s${index}" points="${middle.join(' ')}"/>`,
    ...dot,
  ];
}

// Beside the end of each line, pushed apart where the ends meet.
function namesOf(names: readonly string[], ends: readonly number[]): string[] {
  const upperFirst = ends.map((_, index) => index).sort((a, b) => ends[a]! - ends[b]!);
  let free = 0;
  return upperFirst.map((index) => {
    const at = Math.max(ends[index]! + 4, free);
    free = at + 16;
    return textAt(plot.right + 8, at, shortened(names[index]!, 18), 'start', `b${index}`);
  });
}

function spread(count: number): number[] {
  const shown = Math.min(count, mostRows);
  return Array.from({ length: shown }, (_, row) => Math.round((row * (count - 1)) / Math.max(1, shown - 1)));
}
