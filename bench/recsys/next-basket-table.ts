import type { NextBasketPartName, NextBasketReport, NextBasketResult } from 'minimart';

/** What `next-basket.ts` leaves behind. */
export interface NextBasketResults {
  readonly lastOrders: NextBasketReport;
  readonly afterADate?: NextBasketReport;
}

const columns = [
  ['all', 'recall'],
  ['all', 'cappedRecall'],
  ['all', 'hitRate'],
  ['all', 'ndcg'],
  ['repeat', 'recall'],
  ['new', 'recall'],
  ['new', 'hitRate'],
  ['discovery', 'recall'],
  ['discovery', 'cappedRecall'],
  ['discovery', 'hitRate'],
] as const;

const titles: Readonly<Record<string, string>> = {
  recall: 'recall',
  cappedRecall: 'capped recall',
  hitRate: 'HR',
  ndcg: 'NDCG',
  all: '',
  repeat: 'repeat: ',
  new: 'new, same list: ',
  discovery: 'new, own list: ',
};

/** All recommenders at the first cutoff, by part; the interval of recall over customers. */
export function nextBasketTable(report: NextBasketReport): string {
  const head = ['recommender', ...columns.map(([part, metric]) => `${titles[part]}${titles[metric]}`)];
  const rows = byRecall(report).map((result) => [
    shownName(result),
    ...columns.map(([part, metric]) => {
      const { value, interval } = result.parts[part]!.metrics[0]![metric];
      const range = interval && part === 'all' && metric === 'recall' ? ` (${interval.map(three).join('–')})` : '';
      return `${value.toFixed(4)}${range}`;
    }),
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function byRecall({ results }: NextBasketReport): NextBasketResult[] {
  return [...results].sort((one, other) => recallOf(one, 'all') - recallOf(other, 'all'));
}

const three = (bound: number) => bound.toFixed(3);
const recallOf = ({ parts }: NextBasketResult, part: NextBasketPartName) => parts[part]!.metrics[0]!.recall.value;
const shownName = ({ name }: NextBasketResult) => name.replaceAll('"', '').replace(' {}', '');

/** The same as a picture: two bars for each recommender, recall of the whole basket and of what is new in a list of its own. */
export function nextBasketPicture(report: NextBasketReport): string {
  const results = byRecall(report).reverse();
  const [row, left, width] = [34, 300, 420];
  const most = Math.max(...results.map((each) => recallOf(each, 'all')));
  const bar = (y: number, value: number, colour: string) => {
    const length = (width * value) / most;
    const text = `<text x="${(left + length + 6).toFixed(1)}" y="${y + 10}">${value.toFixed(3)}</text>`;
    return `<rect x="${left}" y="${y}" width="${length.toFixed(1)}" height="12" fill="${colour}"/>${text}`;
  };
  const lines = results.map((each, place) => {
    const y = 40 + place * row;
    const name = `<text x="${left - 8}" y="${y + 17}" text-anchor="end">${shownName(each)}</text>`;
    return name + bar(y, recallOf(each, 'all'), '#1f6f8b') + bar(y + 14, recallOf(each, 'discovery'), '#e0a458');
  });
  const height = 50 + results.length * row;
  const legend =
    '<rect x="8" y="8" width="12" height="12" fill="#1f6f8b"/><text x="26" y="18">recall@10 of the next basket</text>' +
    '<rect x="300" y="8" width="12" height="12" fill="#e0a458"/><text x="318" y="18">recall@10 of what is new in it, in a list of its own</text>';
  const start = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="${height}" viewBox="0 0 800 ${height}"`;
  return [
    `${start} font-family="sans-serif" font-size="12">`,
    '<title>Recall of the next invoice by recommender: of all of it, and of what is new in it</title>',
    `<rect width="800" height="${height}" fill="#fff"/>`,
    legend,
    ...lines,
    '</svg>\n',
  ].join('\n');
}
