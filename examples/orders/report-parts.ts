import type { Table } from 'minimart';
import {
  barChart,
  dataTable,
  heatMap,
  lineChart,
  paragraph,
  type ReportPart,
  shareChart,
  sideBySide,
} from 'minimart/report';
import { percent } from '../shared/facts.js';
import type { Asked } from './ask.js';
import type { Judged } from './judge-lines.js';
import { lineShares } from './line-shares.js';
import type { LineColumns } from './load-lines.js';
import type { StockResult } from './stock.js';

const number = (name: string) => ({ name, isNumber: true });

/** The trees' areas as bars, and their floor. */
export function detectorChart(judged: readonly Judged[]): ReportPart {
  const { floor } = judged[0]!.detection.trees;
  const bars = [
    ...judged.map(({ label, detection: { trees } }) => ({ name: label, value: trees.value, interval: trees.interval })),
    { name: 'real lines', value: floor.value, interval: floor.interval, isMark: true },
  ];
  const description = bars.map(({ name, value }) => `${name} ${value.toFixed(3)}`).join(', ');
  return barChart({
    title: 'Area under the ROC curve',
    description,
    caption:
      'Area under the ROC curve of the trees, with 95% intervals. Grey: the same trees on real lines against real lines.',
    bars,
    measure: 'area',
  });
}

/** Every judge's figures, a row for each model, and what real lines get. */
export function judgesTable(judged: readonly Judged[]): ReportPart[] {
  const columns = [
    { name: 'model' },
    ...['trees', 'logistic', 'columns', 'pairs', 'equal to a learned line'].map(number),
  ];
  const rows = judged.map(({ label, detection, comparison: { shape, pair, copies } }) => [
    label,
    ...[detection.trees.value, detection.logistic.value, shape.value, pair.value].map((value) => value.toFixed(3)),
    percent(copies.value),
  ]);
  const { detection, comparison } = judged[0]!;
  const real = [
    'real lines',
    ...[detection.trees.floor.value, detection.logistic.floor.value].map((value) => value.toFixed(3)),
    ...[comparison.shape.heldOut, comparison.pair.heldOut].map((value) => value.toFixed(3)),
    percent(comparison.copies.heldOut),
  ];
  return [
    dataTable({ columns, rows: [...rows, real] }),
    paragraph(`Columns and pairs: shares in common with the learned lines. The logistic regression sees each column by itself, and so finds
nothing wrong with independent columns.`),
  ];
}

/** A chart of each column. */
export function shareFigures(real: Table<LineColumns>, { virtual }: Judged): ReportPart {
  return sideBySide(lineShares(real, virtual).map(shareChart));
}

/** Pairs of columns of the best model and of independent columns. */
export function pairMaps(judged: readonly Judged[], best: Judged): ReportPart {
  const simple = judged.find(({ label }) => label === 'independent columns')!;
  const maps = [simple, best].map(({ label, comparison }) => {
    const names = comparison.columns.map(({ column }) => column);
    const values = names.map((first) =>
      names.map(
        (second) => comparison.pairs.find(({ columns }) => columns[0] === second && columns[1] === first)?.value,
      ),
    );
    const description = comparison.pairs
      .map(({ columns, value: own }) => `${columns.join(' and ')} ${own.toFixed(3)}`)
      .join(', ');
    const caption = `${label}: the darker, the less alike. Real lines get ${comparison.pair.heldOut.toFixed(3)} on average.`;
    return heatMap({ title: `Pairs of columns: ${label}`, description, caption, names, values, range: [1, 0.6] });
  });
  return sideBySide(maps);
}

/** Lines that were asked for. */
export function askedTable({ words, stated, heldOut, lines }: Asked): ReportPart[] {
  const { country, group, pieces, price, hour, weekday } = lines.columns;
  const names = ['country', 'group', 'pieces', 'price', 'hour', 'weekday'];
  const rows = Array.from({ length: lines.length }, (_, row) =>
    [
      country.vocabulary.idAt(country.codes[row]!),
      group.vocabulary.idAt(group.codes[row]!),
      pieces.values[row],
      price.values[row]!.toFixed(2),
      hour.values[row],
      weekday.values[row],
    ].map((cell) => String(cell ?? 'missing')),
  );
  return [
    paragraph(`Asked for: ${words}. The model says that ${percent(stated)} of lines are such; of the lines held out ${percent(heldOut)}
are. Six of them:`),
    dataTable({ columns: names.map((name) => ({ name })), rows }),
  ];
}

/** Days held out beside virtual ones. */
export function demandFigures(results: readonly StockResult[]): ReportPart[] {
  return results.map(({ product, kind, heldOut, virtual }) => {
    const days = Math.min(heldOut.days, 120);
    return lineChart({
      title: product,
      description: `Pieces of ${product} by day`,
      caption: `${product}, ${kind}: pieces a day, ${days} days.`,
      steps: Array.from({ length: days }, (_, day) => day + 1),
      unit: 'day',
      series: [
        { name: 'real', values: heldOut.series(product).slice(0, days) },
        { name: 'virtual', values: virtual.series(product).slice(0, days) },
      ],
    });
  });
}

/** Cost a day and regret of what was learned from each source. */
export function regretTable(results: readonly StockResult[]): ReportPart {
  const columns = [
    { name: 'product' },
    { name: 'learned from' },
    { name: 'levels' },
    number('cost a day'),
    number('regret'),
  ];
  const shown = ({ value, interval: [low, high] }: { value: number; interval: readonly [number, number] }) =>
    `${value.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
  const rows = results.flatMap(({ product, regret }) => [
    ...regret.sources.map(({ source, policies, cost, regret: more }) => [
      product,
      source,
      [...new Set(policies)].map((policy) => policy.replace('base-stock ', '')).join(', '),
      shown(cost),
      shown(more),
    ]),
    [product, 'in hindsight', regret.hindsight.policy.replace('base-stock ', ''), shown(regret.hindsight.cost), '0'],
  ]);
  return dataTable({ columns, rows });
}
