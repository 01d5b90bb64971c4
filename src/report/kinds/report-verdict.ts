import { formatVerdict, labelOfScore } from '../../tables/judging/report/format-verdict.js';
import type { TableVerdict, VerdictScore } from '../../tables/judging/report/table-verdict.js';
import { barChart } from '../charts/bar-chart.js';
import type { ReportChart } from '../charts/chart-figure.js';
import type { Report } from '../parts/report.js';
import { shownEstimate } from '../parts/shown.js';
import { markdownParts } from './markdown-parts.js';
import { requireFields } from './require-fields.js';

/**
 * A verdict on virtual rows as a report: each score as bars beside what real rows get, and what {@link formatVerdict} says.
 *
 * @param verdict - Of `judgeTable`.
 * @returns The report, for {@link reportPage} and {@link formatReport}.
 * @throws RangeError when it is no verdict.
 * @example
 * const scores = [{ name: 'pairs', best: 'higher', virtual: { value: 0.9 }, real: { value: 0.95 }, verdict: 'worse' }] as const;
 * reportVerdict({ rows: 500, seeds: 3, table: '', scores }).sections[0]?.heading; // 'Score by score'
 */
export function reportVerdict(verdict: TableVerdict): Report {
  requireFields('reportVerdict', 'verdict', verdict, ['rows', 'seeds', 'scores'], 'judgeTable');
  return {
    title: 'Virtual rows beside real ones',
    sections: [
      {
        heading: 'Score by score',
        parts: verdict.scores
          .filter(({ virtual, real }) => Number.isFinite(virtual.value) && Number.isFinite(real.value))
          .map(chartOf),
      },
      { heading: 'All numbers', parts: markdownParts(formatVerdict(verdict)) },
    ],
  };
}

function chartOf({ name, best, virtual, real, constant }: VerdictScore): ReportChart {
  const title = labelOfScore(name);
  const bars = [
    { name: 'virtual rows', ...virtual },
    { name: 'real rows', ...real, isMark: true },
    ...(constant !== undefined && Number.isFinite(constant)
      ? [{ name: 'no column', value: constant, isMark: true }]
      : []),
  ];
  const description = bars.map((bar) => `${bar.name} ${shownEstimate(bar)}`).join(', ');
  const caption = `${title}: ${best} is better.`;
  return barChart({ title, description: `${description}.`, caption, bars, measure: title });
}
