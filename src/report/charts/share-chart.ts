import { requireGivenOptions } from '../../internal/options.js';
import { refuse, requireProbability, requireText } from '../../internal/require.js';
import { shortened } from '../page/escape-html.js';
import { textAt } from './axis.js';
import { type ChartWords, chartFigure, type ReportChart, requireWords } from './chart-figure.js';

/** What {@link shareChart} shows. */
export interface ShareChart extends ChartWords {
  /** Groups from left to right, and the share in [0, 1] that each has of real rows and of virtual ones. */
  readonly groups: readonly {
    /** What the group is called. */
    readonly name: string;
    /** Its share of real rows. */
    readonly real: number;
    /** Its share of virtual rows. */
    readonly virtual: number;
  }[];
}

type Group = ShareChart['groups'][number];

const [width, height] = [350, 200];
const plot = { left: 34, right: width - 8, top: 10, bottom: height - 58 };

/**
 * Shares of groups, of real rows in grey beside virtual ones, as a part of a report.
 *
 * @param chart - The groups.
 * @returns The part, and its SVG.
 * @throws RangeError when there is no group, or a share is not in [0, 1].
 * @example
 * const groups = [{ name: 'UK', real: 0.9, virtual: 0.85 }];
 * shareChart({ title: 'country', description: 'Alike.', groups }).text.split('\n')[2]; // 'UK     90.0 %   85.0 %'
 */
export function shareChart(chart: ShareChart): ReportChart {
  const where = 'shareChart';
  requireGivenOptions(where, chart, { title: true, description: true, caption: true, groups: true }, 'chart');
  requireWords(where, chart);
  const { groups } = chart;
  if (!Array.isArray(groups) || groups.length === 0) refuse(where, 'groups', 'be an array of groups', groups);
  for (const [place, group] of groups.entries()) requireGroup(where, `groups[${place}]`, group);
  const columns = [{ name: 'group' }, ...['real', 'virtual'].map((name) => ({ name, isNumber: true }))];
  const rows = groups.map(({ name, real, virtual }: Group) => [name, percent(real), percent(virtual)]);
  return chartFigure(chart, { width, height, elements: elementsOf(groups) }, { columns, rows });
}

function requireGroup(where: string, place: string, group: Group): void {
  requireText(where, `${place}.name`, group?.name);
  for (const kind of ['real', 'virtual'] as const) {
    requireProbability(where, `${place}.${kind}`, group[kind]);
  }
}

function elementsOf(groups: readonly Group[]): string[] {
  const highest = groups.reduce((most, { real, virtual }) => Math.max(most, real, virtual), 1e-9);
  const step = (plot.right - plot.left) / groups.length;
  const isCrowded = groups.length > 7;
  const bars = groups.flatMap(({ name, real, virtual }, place) => {
    const start = plot.left + place * step;
    const middle = start + step / 2;
    const bar = (kind: string, share: number, from: number) => {
      const tall = ((plot.bottom - plot.top) * share) / highest;
      return `<rect class="${kind}" x="${from.toFixed(1)}" y="${(plot.bottom - tall).toFixed(1)}" width="${(0.4 * step).toFixed(1)}" height="${tall.toFixed(1)}"/>`;
    };
    const label = textAt(middle, plot.bottom + 14, shortened(name, 11), isCrowded ? 'end' : 'middle');
    const turn = `<g transform="rotate(-45 ${middle.toFixed(1)} ${plot.bottom + 12})">${label}</g>`;
    return [bar('mark', real, start + 0.08 * step), bar('b0', virtual, start + 0.5 * step), isCrowded ? turn : label];
  });
  return [...bars, `<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${plot.bottom}" y2="${plot.bottom}"/>`];
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
