import type { Estimate } from '../../statistics/estimate.js';
import { type MetricName, rankingMetrics } from './ranking-metrics.js';
import type { MetricReport, RankingNumbers, RankingReport } from './ranking-report.js';

/**
 * Writes a report as text for people: a Markdown table of the metrics with their intervals, the baseline and the
 * difference, the same without the users who are new, the same of what users had before and of what they had not, and beneath
 * them what is worth knowing: ties, users left out, and where the recommender is not ahead.
 *
 * @param report - Of {@link evaluateRanking}.
 * @returns Markdown, no line break at its end.
 * @example
 * const { train, test } = leaveLastOut(shop);
 * const report = await evaluateRanking(await itemItemRecommender(train), { test, k: 2 });
 * formatRanking(report).split('\n')[0]; // 'itemItem: 3 users, 3 relevant items, against all other items.'
 */
export function formatRanking(report: Omit<RankingReport<never>, 'table'>): string {
  const { name, users, relevantItems, coldUsers, warm, metrics } = report;
  const items = `${count(relevantItems)} relevant ${relevantItems === 1 ? 'item' : 'items'}`;
  return [
    `${name}: ${people(users)}, ${items}, against ${against(report)}.`,
    '',
    ...table(report, metrics),
    '',
    ...(warm
      ? [
          `Without ${people(coldUsers)} without a row in train: ${people(warm.users)}.`,
          '',
          ...table(report, warm.metrics),
          '',
        ]
      : []),
    ...part(report, 'repeat', 'What users had before'),
    ...part(report, 'new', 'What they did not have, in the same lists'),
    ...notes(report),
  ].join('\n');
}

function part(report: RankingNumbers<never>, which: 'repeat' | 'new', title: string): string[] {
  const found = report[which];
  if (!found) return [];
  const items = `${count(found.relevantItems)} ${found.relevantItems === 1 ? 'item' : 'items'}`;
  return [`${title}: ${people(found.users)}, ${items}.`, '', ...table(report, found.metrics), ''];
}

function people(number: number): string {
  return `${count(number)} ${number === 1 ? 'user' : 'users'}`;
}

function table({ name, k, baseline }: RankingNumbers<never>, metrics: object): string[] {
  const head = ['metric', name, ...(baseline ? [baseline.name, 'difference'] : [])];
  const rows = Object.entries<MetricReport>(metrics as Record<string, MetricReport>).map(
    ([metric, { baseline: base, difference, ...own }]) => [
      rankingMetrics[metric as MetricName].label(k),
      shown(own),
      ...(base && difference ? [shown(base), shown(difference, '+')] : []),
    ],
  );
  return [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows].map(line);
}

function against({ negatives, candidates }: RankingNumbers<never>): string {
  if (negatives === 'all') return 'all other items';
  const { minimum, mean, maximum } = candidates;
  const range = `${count(minimum)} to ${count(maximum)} (${count(Math.round(10 * mean) / 10)} in the mean)`;
  return `${minimum === maximum ? count(minimum) : range} ${negatives === 'given' ? 'given' : 'sampled'} items each`;
}

function notes(report: RankingNumbers<never>): string[] {
  const { ties, skippedUsers, skippedRows, shortUsers, unknownUsers, coldUsers, coldItems, warm, resamples } = report;
  const found: string[] = [];
  const note = (number: number, text: string) => {
    if (number > 0) found.push(`${count(number)} ${text}`);
  };
  if (resamples > 0) found.push('In brackets: 95% bootstrap intervals over users.');
  note(ties.pairs, `ties of ${count(ties.users)} users, counted as if in random order.`);
  if (skippedUsers > 0) found.push(`${people(skippedUsers)} with nothing to find or to rank it against: left out.`);
  const counted = "`exclude: 'nothing'` counts them, where people buy again";
  note(skippedRows.seen, `of the rows of test are of items that the user has in train: left out (${counted}).`);
  if (report.exclude === 'nothing' && !report.repeat) {
    const once = "`exclude: 'seen'` keeps what users have out of the lists, where people buy once";
    found.push(`Nobody came back to what they had in train: ${once}.`);
  }
  note(skippedRows.unknown, 'of the rows of test are of ids that are not known: left out.');
  if (shortUsers > 0) found.push(`${people(shortUsers)} with so few candidates that the list holds them all.`);
  if (coldUsers > 0 && !warm) found.push(`${people(coldUsers)} without a row in train.`);
  if (unknownUsers > 0) found.push(`${people(unknownUsers)} not known to ${report.name}: ranked by popularity.`);
  note(coldItems, 'of the relevant items without a row in train: nothing but features can tell of them.');
  return [...found, ...behindBaseline(report)];
}

function behindBaseline({ k, baseline, metrics }: RankingNumbers<never>): string[] {
  // More coverage, novelty or diversity is not in itself better.
  const behind = Object.entries(metrics).filter(
    ([name, { difference }]) => rankingMetrics[name as MetricName].judges === 'ranks' && !isAhead(difference),
  );
  if (!baseline || behind.length === 0) return [];
  const labels = behind.map(([name]) => rankingMetrics[name as MetricName].label(k)).join(', ');
  return [`Not ahead of ${baseline.name} beyond chance in ${labels}.`];
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
