import type { Estimate, MetricName, RankingReport } from './ranking-report.js';

/**
 * Writes a report as text for people: a Markdown table of the metrics with their intervals, the baseline and the
 * difference, and beneath it what is worth knowing: ties, users left out, and where the recommender is not ahead.
 *
 * @param report - Of {@link evaluateRanking}.
 * @returns Markdown, no line break at its end.
 * @example
 * const { train, test } = leaveLastOut(shop);
 * const report = await evaluateRanking(await itemItem(train), { test, k: 2 });
 * formatRanking(report).split('\n')[0]; // 'itemItem: 3 users, 3 relevant items, against all other items.'
 */
export function formatRanking(report: RankingReport<never>): string {
  const { name, k, users, relevantItems, baseline } = report;
  const head = ['metric', name, ...(baseline ? [baseline.name, 'difference'] : [])];
  const rows = Object.entries(report.metrics).map(([metric, { baseline: base, difference, ...own }]) => [
    labelOf(metric as MetricName, k),
    shown(own),
    ...(base && difference ? [shown(base), shown(difference, '+')] : []),
  ]);
  const items = `${count(relevantItems)} relevant ${relevantItems === 1 ? 'item' : 'items'}`;
  return [
    `${name}: ${count(users)} ${users === 1 ? 'user' : 'users'}, ${items}, against ${against(report)}.`,
    '',
    ...[head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows].map(line),
    '',
    ...notes(report),
  ].join('\n');
}

function labelOf(metric: MetricName, k: number): string {
  const labels: Record<MetricName, string> = {
    hitRate: `HR@${k}`,
    ndcg: `NDCG@${k}`,
    reciprocalRank: 'MRR',
    recall: `recall@${k}`,
    precision: `precision@${k}`,
    averagePrecision: `MAP@${k}`,
    auc: 'AUC',
    coverage: `coverage@${k}`,
    novelty: `novelty@${k}, bits`,
    diversity: `diversity@${k}`,
  };
  return labels[metric];
}

function against({ negatives }: RankingReport<never>): string {
  if (negatives === 'all') return 'all other items';
  return negatives === 'given' ? 'given items' : `${count(negatives)} sampled items each`;
}

function notes({ k, ties, baseline, skippedUsers, metrics }: RankingReport<never>): string[] {
  const found: string[] = [];
  const hasIntervals = Object.values(metrics).some(({ interval }) => interval);
  if (hasIntervals) found.push('In brackets: 95% bootstrap intervals over users.');
  if (ties.pairs > 0) {
    found.push(`${count(ties.pairs)} ties of ${count(ties.users)} users, counted as if in random order.`);
  }
  if (skippedUsers > 0)
    found.push(`${count(skippedUsers)} users with nothing to find or to rank it against are left out.`);
  const behind = Object.entries(metrics).filter(([name, { difference }]) => isAccuracy(name) && !isAhead(difference));
  if (baseline && behind.length > 0) {
    found.push(
      `Not ahead of ${baseline.name} beyond chance in ${behind.map(([name]) => labelOf(name as MetricName, k)).join(', ')}.`,
    );
  }
  return found;
}

// More coverage, novelty or diversity is not in itself better.
function isAccuracy(name: string): boolean {
  return !['coverage', 'novelty', 'diversity'].includes(name);
}

function isAhead(difference: Estimate | undefined): boolean {
  return difference !== undefined && (difference.interval?.[0] ?? difference.value) > 0;
}

function shown({ value, interval }: Estimate, sign = ''): string {
  const text = (number: number) => `${number >= 0 ? sign : ''}${number.toFixed(4)}`;
  return interval ? `${text(value)} (${text(interval[0])} to ${text(interval[1])})` : text(value);
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
