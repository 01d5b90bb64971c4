/** One line of a chart. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

/** What a chart shows. */
export interface Chart {
  readonly title: string;
  /** One sentence for those who do not see it. */
  readonly description: string;
  readonly steps: readonly number[];
  /** What the steps are; default `step`. */
  readonly unit?: string;
  /** At most two. */
  readonly series: readonly Series[];
  /** Top of the axis; default the largest mean, a little more. */
  readonly top?: number;
  /** A value to mark by a dotted line. */
  readonly mark?: number;
}

interface Bucket {
  readonly step: number;
  readonly low: number;
  readonly mean: number;
  readonly high: number;
}

const width = 720;
const height = 300;
const plot = { left: 46, right: width - 118, top: 14, bottom: height - 38 };
const buckets = 150;

const style = `
.chart{font:13px system-ui,sans-serif;--ink:#1d232b;--grid:#d9dee5;--one:#1763ae;--two:#b4490a}
@media(prefers-color-scheme:dark){.chart{--ink:#e6eaf0;--grid:#39414c;--one:#7cb7f2;--two:#f0a06a}}
.chart text{fill:var(--ink)}.chart .grid{stroke:var(--grid)}.chart .mark{stroke:var(--ink);stroke-dasharray:2 4}
.chart .line{fill:none;stroke-width:2}.chart .band{opacity:.22;stroke:none}
.chart .s0{stroke:var(--one)}.chart .s1{stroke:var(--two);stroke-dasharray:7 3}
.chart .b0{fill:var(--one)}.chart .b1{fill:var(--two)}.chart .n0{fill:var(--one)}.chart .n1{fill:var(--two)}`;

/** Draws lines over steps as an SVG: means of neighbouring steps, and a band from the least to the largest. */
export function lineChart({ title, description, steps, series, top, mark, unit = 'step' }: Chart): string {
  const lines = series.map(({ values }) => toBuckets(steps, values));
  const highest = top ?? 1.15 * Math.max(0.1, ...lines.flat().map(({ mean }) => mean));
  const last = steps.at(-1) ?? 1;
  const x = (step: number) => plot.left + ((plot.right - plot.left) * step) / last;
  const y = (value: number) => plot.bottom - ((plot.bottom - plot.top) * Math.min(value, highest)) / highest;
  const parts = [
    ...ticks(highest).map((value) => horizontalGrid(y(value), label(value))),
    ...ticks(last).map((step) => text(x(step), plot.bottom + 18, step.toLocaleString('en'), 'middle')),
    text((plot.left + plot.right) / 2, height - 4, unit, 'middle'),
    ...(mark === undefined ? [] : [horizontalLine(y(mark), 'mark')]),
    ...lines.flatMap((line, index) => drawSeries(line, index, x, y)),
    ...names(
      series,
      lines.map((line) => y(line.at(-1)?.mean ?? 0)),
    ),
  ];
  return (
    `<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">` +
    `<title>${title}</title><desc>${description}</desc><style>${style}</style>${parts.join('')}</svg>`
  );
}

function toBuckets(steps: readonly number[], values: readonly number[]): Bucket[] {
  const size = Math.max(1, Math.ceil(values.length / buckets));
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) => {
    const part = values.slice(index * size, (index + 1) * size);
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    return { step: steps[index * size + part.length - 1]!, low: Math.min(...part), mean, high: Math.max(...part) };
  });
}

function drawSeries(line: readonly Bucket[], index: number, x: (step: number) => number, y: (value: number) => number) {
  const point = (step: number, value: number) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`;
  const upper = line.map(({ step, high }) => point(step, high));
  const lower = line.map(({ step, low }) => point(step, low)).reverse();
  return [
    `<polygon class="band b${index}" points="${[...upper, ...lower].join(' ')}"/>`,
    `<polyline class="line s${index}" points="${line.map(({ step, mean }) => point(step, mean)).join(' ')}"/>`,
  ];
}

// Beside the end of each line, pushed apart where the ends meet.
function names(series: readonly Series[], ends: readonly number[]): string[] {
  const upperFirst = ends.map((_, index) => index).sort((a, b) => ends[a]! - ends[b]!);
  let free = 0;
  return upperFirst.map((index) => {
    const at = Math.max(ends[index]! + 4, free);
    free = at + 16;
    return text(plot.right + 8, at, series[index]!.name, 'start', `n${index}`);
  });
}

/** Round numbers from 0 up to `top`, four to eight of them. */
export function ticks(top: number): number[] {
  const rough = top / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const unit = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  return Array.from({ length: Math.floor(top / unit + 1e-9) + 1 }, (_, index) => index * unit);
}

const label = (value: number) => String(Number(value.toPrecision(3)));

const horizontalLine = (y: number, kind: string) =>
  `<line class="${kind}" x1="${plot.left}" x2="${plot.right}" y1="${y}" y2="${y}"/>`;

const horizontalGrid = (y: number, name: string) => horizontalLine(y, 'grid') + text(plot.left - 8, y + 4, name, 'end');

const text = (x: number, y: number, content: string, anchor: string, kind = '') =>
  `<text class="${kind}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${content}</text>`;
