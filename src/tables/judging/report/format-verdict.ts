import type { Estimate } from '../../../statistics/estimate.js';
import type { TableVerdict, VerdictName, VerdictScore } from './table-verdict.js';

/**
 * Writes a verdict as text for people: a Markdown table of the scores with their intervals, what real rows get, and what that means,
 * and beneath it what is worth knowing.
 *
 * @param verdict - Of {@link judgeTable}.
 * @returns Markdown, no line break at its end.
 * @example
 * const scores = [{ name: 'pairs', best: 'higher', virtual: { value: 0.9 }, real: { value: 0.95 }, verdict: 'worse' }] as const;
 * formatVerdict({ rows: 500, seeds: 3, scores }).split('\n').at(4); // '| pairs of columns alike | 0.9000 | 0.9500 |  | higher | worse than real rows |'
 */
export function formatVerdict(verdict: Omit<TableVerdict, 'table'>): string {
  const { rows, seeds, scores } = verdict;
  const from = seeds === 1 ? '' : ` from each of ${seeds} seeds`;
  const head = ['score', 'virtual rows', 'real rows', 'no column', 'best', 'verdict'];
  const body = scores.map((score) => [
    labelOfScore(score.name),
    shown(score.virtual),
    shown(score.real),
    score.constant === undefined ? '' : digits(score.constant),
    score.best,
    wordsOf(score),
  ]);
  return [
    `${count(rows)} virtual rows${from}, beside ${count(rows)} real ones that were held out.`,
    '',
    ...[head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...body].map(line),
    '',
    ...notes(verdict),
  ].join('\n');
}

const labels: Readonly<Record<VerdictName, string>> = {
  columns: 'columns alike',
  pairs: 'pairs of columns alike',
  trees: 'told by trees (area)',
  logistic: 'told by logistic regression (area)',
  copies: 'copies of learned rows',
  closer: 'closer to learned than to held-out rows',
  attack: 'attack on membership (area)',
  'area under the curve': 'predictions: area under the curve',
  accuracy: 'predictions: accuracy',
  'log loss': 'predictions: log loss',
  'R squared': 'predictions: R squared',
  'mean absolute error': 'predictions: mean absolute error',
};

/** What people call a score. */
export function labelOfScore(name: VerdictName): string {
  return labels[name];
}

const words: Readonly<Record<VerdictScore['verdict'], string>> = {
  better: 'better than real rows',
  'as good': 'as good as real rows',
  worse: 'worse than real rows',
  'not said': 'not said of one table',
};

/** What says whether rows were learned by heart: fewer than real rows get is no merit. */
const ofLearning: readonly VerdictName[] = ['copies', 'closer', 'attack'];

function wordsOf({ name, verdict }: VerdictScore): string {
  if (!ofLearning.includes(name) || verdict === 'not said') return words[verdict];
  return verdict === 'worse' ? 'learned by heart' : 'nothing learned by heart';
}

function notes({ seeds, target, scores }: Omit<TableVerdict, 'table'>): string[] {
  const over = seeds === 1 ? 'of each measure' : `over ${seeds} virtual tables of one model`;
  const found = [`In brackets: 95% intervals ${over}.`];
  const of = (name: VerdictName) => scores.find((score) => score.name === name);
  const isSo = (name: VerdictName, verdict: VerdictScore['verdict']) => of(name)?.verdict === verdict;
  if (isSo('trees', 'worse')) found.push('Rows as a whole can be told from real ones.');
  if (of('logistic'))
    found.push(
      'The logistic regression is blind to what columns have to do with each other: it is no proof of anything.',
    );
  if (isSo('trees', 'better') && of('trees')!.virtual.value < 0.48) {
    found.push('Trees tell less than nothing: rows of the held-out table seem to be among the virtual ones.');
  }
  if (ofLearning.some((name) => isSo(name, 'worse'))) {
    found.push('Rows were learned by heart: virtual rows give away whom they were learned from.');
  }
  if (target !== undefined) found.push(`Predictions are of ${target}, on held-out real rows.`);
  return found;
}

function shown({ value, interval }: Estimate): string {
  if (!interval || interval[0] === interval[1]) return digits(value);
  return `${digits(value)} (${digits(interval[0])} to ${digits(interval[1])})`;
}

function digits(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4);
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
