import type { Estimate } from '../../../statistics/estimate.js';
import { rankingMetrics } from '../ranking-metrics.js';
import {
  basketMetrics,
  type NextBasketPartName,
  type NextBasketReport,
  type NextBasketResult,
} from './next-basket-report.js';

const titles: Readonly<Record<NextBasketPartName, string>> = {
  all: 'the whole basket',
  repeat: 'what comes again, in the same list',
  new: 'what is new, in the same list',
  discovery: 'what is new, in a list without what the customer has',
};

/**
 * Writes a report as text for people: for each cutoff and each part of the baskets a Markdown table of the recommenders, and
 * beneath them whom the recommender is not ahead of.
 *
 * @param report - Of {@link evaluateNextBasket}.
 * @returns Markdown, no line break at its end.
 * @example
 * const { train, test } = leaveLastOut(shop);
 * const report = await evaluateNextBasket(await itemItemRecommender(train), { test, cutoffs: [2] });
 * formatNextBasket(report).split('\n')[0]; // 'Next baskets of 3 customers, of which 0.0% were bought before.'
 */
export function formatNextBasket(report: Omit<NextBasketReport, 'table'>): string {
  const { cutoffs, customers, repeatShare, results } = report;
  const share = (100 * repeatShare).toFixed(1);
  const tables = cutoffs.flatMap((k, place) =>
    (Object.keys(titles) as NextBasketPartName[]).flatMap((part) => table(results, part, k, place)),
  );
  return [
    `Next baskets of ${counted(customers, 'customer')}, of which ${share}% were bought before.`,
    '',
    ...tables,
    ...notes(report),
  ].join('\n');
}

function table(results: readonly NextBasketResult[], name: NextBasketPartName, k: number, place: number): string[] {
  const part = results[0]!.parts[name];
  if (!part) return [];
  const head = [titles[name], ...basketMetrics.map((metric) => rankingMetrics[metric].label(k))];
  const rows = results.map((each) => {
    const metrics = each.parts[name]!.metrics[place]!;
    return [each.name, ...basketMetrics.map((metric) => shown(metrics[metric]))];
  });
  const lines = [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows].map(line);
  return [`${counted(part.customers, 'customer')}, ${counted(part.items, 'item')}:`, '', ...lines, ''];
}

function notes({
  coldCustomers,
  skippedCustomers,
  repeatShare,
  results,
  cutoffs,
}: Omit<NextBasketReport, 'table'>): string[] {
  const found: string[] = [];
  if (results[0].parts.all!.metrics[0]!.recall.interval)
    found.push('In brackets: 95% bootstrap intervals over customers.');
  if (coldCustomers > 0)
    found.push(`${counted(coldCustomers, 'customer')} without a row in train: all is new to them.`);
  if (skippedCustomers > 0)
    found.push(`${counted(skippedCustomers, 'customer')} with nothing known in the basket: left out.`);
  if (repeatShare === 0)
    found.push("Nothing comes again: were the rows merged before (`duplicates: 'keep'` keeps them)?");
  const ties = results[0].ties;
  if (ties > 0)
    found.push(`${ties.toLocaleString('en-US')} ties of ${results[0].name}, counted as if in random order.`);
  cutoffs.forEach((k, place) => {
    const level = results.slice(1).filter(({ parts }) => !isAhead(parts.all!.metrics[place]!.recall.difference));
    if (level.length === 0) return;
    found.push(`recall@${k}: not ahead of ${level.map(({ name }) => name).join(', ')} beyond chance.`);
  });
  return found;
}

function isAhead(difference: Estimate | undefined): boolean {
  return difference !== undefined && (difference.interval?.[0] ?? difference.value) > 0;
}

function shown({ value, interval }: Estimate): string {
  return interval ? `${value.toFixed(4)} (${interval.map((bound) => bound.toFixed(3)).join('–')})` : value.toFixed(4);
}

function counted(number: number, thing: string): string {
  return `${number.toLocaleString('en-US')} ${thing}${number === 1 ? '' : 's'}`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
