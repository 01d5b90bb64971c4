import { formatRanking } from '../../recsys/evaluation/format-ranking.js';
import { type MetricName, rankingMetrics } from '../../recsys/evaluation/ranking-metrics.js';
import type { MetricReport, RankingReport } from '../../recsys/evaluation/ranking-report.js';
import { barChart } from '../charts/bar-chart.js';
import type { ReportChart } from '../charts/chart-figure.js';
import type { Report } from '../parts/report.js';
import { shownEstimate } from '../parts/shown.js';
import { markdownParts } from './markdown-parts.js';
import { requireFields } from './require-fields.js';

/**
 * A ranking as a report: each metric as bars beside the baseline's, and what {@link formatRanking} says.
 *
 * @param ranking - Of `evaluateRanking`.
 * @returns The report, for {@link reportPage} and {@link formatReport}.
 * @throws RangeError when it is no ranking.
 * @example
 * const { train, test } = leaveLastOut(shop);
 * const ranking = await evaluateRanking(await itemItemRecommender(train), { test, k: 2 });
 * reportRanking(ranking).title; // 'How well itemItem recommends'
 */
export function reportRanking(ranking: RankingReport<never>): Report {
  requireFields('reportRanking', 'ranking', ranking, ['name', 'k', 'users', 'metrics', 'ties'], 'evaluateRanking');
  const metrics = Object.entries(ranking.metrics) as [MetricName, MetricReport][];
  return {
    title: `How well ${ranking.name} recommends`,
    sections: [
      {
        heading: ranking.baseline ? `Beside ${ranking.baseline.name}` : 'Metric by metric',
        parts: metrics.filter(([, { value }]) => Number.isFinite(value)).map((metric) => chartOf(ranking, metric)),
      },
      { heading: 'All numbers', parts: markdownParts(formatRanking(ranking)) },
    ],
  };
}

function chartOf(
  { name, k, baseline }: RankingReport<never>,
  [metric, report]: [MetricName, MetricReport],
): ReportChart {
  const title = rankingMetrics[metric].label(k);
  const { value, interval } = report;
  const isSet = baseline && report.baseline && Number.isFinite(report.baseline.value);
  const beside = isSet ? [{ name: baseline.name, ...report.baseline, isMark: true }] : [];
  const description = [
    `${name} ${shownEstimate(report)}`,
    ...beside.map((bar) => `${bar.name} ${shownEstimate(bar)}`),
  ].join(', ');
  return barChart({
    title,
    description: `${description}.`,
    bars: [{ name, value, interval }, ...beside],
    measure: title,
  });
}
