import type { Explanation } from 'minimart';
import { barChart, dataTable, lineChart, paragraph, type ReportPart, sideBySide, subheading } from 'minimart/report';
import { percent } from '../shared/facts.js';
import type { Customer } from './customers.js';
import { listLength, type Measured, withInterval } from './measure.js';
import type { TrainedMlp } from './train-mlp.js';

const labels: Readonly<Record<string, string>> = {
  truth: 'best possible (truth)',
  popularity: 'popularity',
  itemItem: 'item-item',
  implicitAls: 'implicit ALS',
  embeddingMlp: 'embedding MLP',
};

/** A recommender's name as the report writes it. */
export const labelOf = ({ recommender: { name } }: Measured) => labels[name] ?? name;

/** One row for each recommender. */
export function rankingTable(measured: readonly Measured[]): ReportPart {
  const isSimulated = measured[0]!.captured !== undefined;
  const columns = [
    { name: 'recommender' },
    ...[`NDCG@${listLength}`, 'over popularity', ...(isSimulated ? ['way to best', 'captured'] : [])].map(number),
    ...[`HR@${listLength}`, 'coverage'].map(number),
  ];
  const rows = measured.map((each) => {
    const { ndcg, hitRate, coverage } = each.report.metrics;
    return [
      labelOf(each),
      withInterval(ndcg!),
      each.recommender.name === 'popularity' ? '–' : withInterval(ndcg!.difference!),
      ...(isSimulated ? [percent(each.closeness!), percent(each.captured!)] : []),
      withInterval(hitRate!),
      percent(coverage!.value),
    ];
  });
  return dataTable({ columns, rows });
}

/** The same NDCG as bars. */
export function rankingChart(measured: readonly Measured[]): ReportPart {
  const bars = measured.map((each) => {
    const { value, interval } = each.report.metrics.ndcg!;
    return { name: labelOf(each), value, interval, isMark: ['truth', 'popularity'].includes(each.recommender.name) };
  });
  const description = bars.map(({ name, value }) => `${name} ${value.toFixed(3)}`).join(', ');
  const caption = `NDCG@${listLength} with 95% bootstrap intervals over customers. Grey: what to compare with.`;
  return barChart({ title: `NDCG@${listLength}`, description, caption, bars, measure: `NDCG@${listLength}` });
}

/** What the run that chose the number of epochs saw. */
export function learningCurves({ history }: TrainedMlp): ReportPart {
  const validated = history.flatMap(({ validation }) => (validation ? [validation] : []));
  const loss = lineChart({
    title: 'loss',
    description: 'Loss by step.',
    caption: 'Training loss of the embedding MLP. It goes on falling when the ranking no longer gets better.',
    steps: history.map(({ step }) => step),
    series: [{ name: 'loss', values: history.map((report) => report.loss) }],
  });
  const ranking = lineChart({
    title: 'NDCG',
    description: 'NDCG by epoch.',
    caption: `NDCG@${listLength} on the validation days, by which the number of epochs is chosen.`,
    steps: validated.map(({ at }) => at),
    unit: 'epoch',
    series: [{ name: 'NDCG', values: validated.map(({ value }) => value) }],
  });
  return sideBySide([loss, ranking]);
}

/** What the recommender shows some customers. */
export function customerParts({ id, country, lines, favourites, picks }: Customer): ReportPart[] {
  const isSimulated = picks[0]?.trueRank !== undefined;
  const hasCategory = picks.some(({ category }) => category !== '');
  const liked = favourites.map(({ name, lines: count }) => `${name} (${count})`).join(', ');
  const columns = [
    { name: 'recommended' },
    ...(hasCategory ? [{ name: 'category' }] : []),
    number('score'),
    ...(isSimulated ? [number('true place')] : []),
    { name: 'bought then' },
    { name: 'why: parts of the score' },
  ];
  const rows = picks.map(({ item, category, score, trueRank, isBought, explanation }) => [
    item,
    ...(hasCategory ? [category] : []),
    score.toFixed(2),
    ...(isSimulated ? [String(trueRank)] : []),
    isBought ? 'yes' : 'no',
    reasons(explanation),
  ]);
  return [
    subheading(`Customer ${id}, ${country}`),
    paragraph(`${lines} order lines before the test days, most of them ${liked}.`),
    dataTable({ columns, rows }),
  ];
}

// The four largest parts; what is left goes with the baseline, the mean customer and item.
function reasons({ contributions }: Explanation): string {
  const shown = contributions.slice(0, 4).map(({ feature, id, value }) => {
    const name = feature === 'user' ? 'this customer' : feature === 'item' ? 'this item' : (id ?? feature);
    return `${name} ${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`;
  });
  return shown.join(', ');
}

const number = (name: string) => ({ name, isNumber: true });
