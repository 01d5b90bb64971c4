import { requireGivenOptions } from '../../internal/options.js';
import { refuse, requireFinite, requireTexts } from '../../internal/require.js';
import { shortened } from '../page/escape-html.js';
import { textAt } from './axis.js';
import { type ChartWords, chartFigure, type ReportChart, requireWords } from './chart-figure.js';

/** What {@link heatMap} shows. */
export interface HeatMap extends ChartWords {
  /** Names of rows and columns alike. */
  readonly names: readonly string[];
  /** `[N, N]`: numbers by row and column; `undefined` for a cell that stays empty. */
  readonly values: readonly (readonly (number | undefined)[])[];
  /** The values that are drawn palest and darkest. */
  readonly range: readonly [pale: number, dark: number];
}

const cell = 62;
const left = 110;

const style = `
.chart .cell{fill:var(--c1)}.chart .back{fill:none;stroke:var(--ink);stroke-opacity:.15}`;

/**
 * Numbers in rows and columns as coloured squares, each with its number in it, as a part of a report.
 *
 * @param chart - Names and numbers.
 * @returns The part, and its SVG.
 * @throws RangeError when there are not as many rows and columns as names, a number is not finite, or both ends of the range are one.
 * @example
 * const values = [[undefined, undefined], [0.9, undefined]];
 * const chart = heatMap({ title: 'Pairs', description: 'One pair.', names: ['a', 'b'], values, range: [1, 0.5] });
 * chart.text.split('\n').at(-1); // 'b  0.900'
 */
export function heatMap(chart: HeatMap): ReportChart {
  requireHeatMap('heatMap', chart);
  const { names, values } = chart;
  const [width, height] = [left + cell * names.length + 8, cell * names.length + 30];
  const columns = [{ name: '' }, ...names.map((name) => ({ name, isNumber: true }))];
  const rows = names.map((name, row) => [name, ...names.map((_, column) => values[row]![column]?.toFixed(3) ?? '')]);
  return chartFigure(chart, { width, height, elements: elementsOf(chart, height), style }, { columns, rows });
}

function requireHeatMap(where: string, chart: HeatMap): void {
  const options = { title: true, description: true, caption: true, names: true, values: true, range: true } as const;
  requireGivenOptions(where, chart, options, 'chart');
  requireWords(where, chart);
  const { names, values, range } = chart;
  requireTexts(where, 'names', names);
  const isSquare = (list: unknown) => Array.isArray(list) && list.length === names.length;
  if (!isSquare(values)) refuse(where, 'values', `hold ${names.length} rows`, values);
  for (const [row, list] of values.entries()) {
    if (!isSquare(list)) refuse(where, `values[${row}]`, `hold ${names.length} cells`, list);
    for (const [column, value] of list.entries()) {
      if (value !== undefined) requireFinite(where, `values[${row}][${column}]`, value);
    }
  }
  if (!(Array.isArray(range) && range.every(Number.isFinite) && range.length === 2 && range[0] !== range[1])) {
    refuse(where, 'range', 'be two different numbers', range);
  }
}

function elementsOf({ names, values, range: [pale, dark] }: HeatMap, height: number): string[] {
  return names.flatMap((name, row) => {
    const middle = row * cell + cell / 2 + 4;
    const cells = values[row]!.flatMap((value, column) => {
      if (value === undefined) return [];
      const share = Math.min(1, Math.max(0, (value - pale) / (dark - pale)));
      const place = `x="${left + column * cell + 1}" y="${row * cell + 1}" width="${cell - 2}" height="${cell - 2}" rx="4"`;
      return [
        `<rect class="back" ${place}/><rect class="cell" ${place} opacity="${(0.75 * share).toFixed(3)}"/>`,
        textAt(left + column * cell + cell / 2, middle, value.toFixed(3), 'middle'),
      ];
    });
    const below = textAt(left + row * cell + cell / 2, height - 12, shortened(name, 9), 'middle');
    return [textAt(left - 8, middle, shortened(name, 16), 'end'), below, ...cells];
  });
}
