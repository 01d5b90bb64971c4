import type { Explanation } from 'minimart';
import { intervalChart } from '../shared/interval-chart.js';
import { lineChart } from '../shared/line-chart.js';
import { escapeHtml, figure } from '../shared/page.js';
import { percent, table } from '../shared/tables.js';
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
export function rankingTable(measured: readonly Measured[]): string {
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
  return table(columns, rows);
}

/** The same NDCG as bars. */
export function rankingChart(measured: readonly Measured[]): string {
  const bars = measured.map((each) => {
    const { value, interval } = each.report.metrics.ndcg!;
    return { name: labelOf(each), value, interval, isMark: ['truth', 'popularity'].includes(each.recommender.name) };
  });
  const description = bars.map(({ name, value }) => `${name} ${value.toFixed(3)}`).join(', ');
  return intervalChart({ title: `NDCG@${listLength}`, description, bars });
}

/** What the run that chose the number of epochs saw. */
export function learningCurves({ history }: TrainedMlp): string {
  const validated = history.filter(({ validation }) => validation);
  const loss = curve(
    'loss',
    'step',
    history.map(({ step }) => step),
    history.map((report) => report.loss),
  );
  const rankings = validated.map(({ validation }) => validation!.value);
  const ranking = curve(
    'NDCG',
    'epoch',
    validated.map(({ validation }) => validation!.at),
    rankings,
  );
  return `<div class="pair">
${figure(loss, 'Training loss of the embedding MLP. It goes on falling when the ranking no longer gets better.')}
${figure(ranking, `NDCG@${listLength} on the validation days, by which the number of epochs is chosen.`)}
</div>`;
}

function curve(name: string, unit: string, steps: readonly number[], values: readonly number[]): string {
  return lineChart({ title: name, description: `${name} by ${unit}`, steps, unit, series: [{ name, values }] });
}

/** What the recommender shows some customers. */
export function customerTable({ id, country, lines, favourites, picks }: Customer): string {
  const isSimulated = picks[0]?.trueRank !== undefined;
  const hasCategory = picks.some(({ category }) => category !== '');
  const liked = favourites.map(({ name, lines: count }) => `${escapeHtml(name)} (${count})`).join(', ');
  const columns = [
    { name: 'recommended' },
    ...(hasCategory ? [{ name: 'category' }] : []),
    number('score'),
    ...(isSimulated ? [number('true place')] : []),
    { name: 'bought then' },
    { name: 'why: parts of the score' },
  ];
  const rows = picks.map(({ item, category, score, trueRank, isBought, explanation }) => [
    escapeHtml(item),
    ...(hasCategory ? [escapeHtml(category)] : []),
    score.toFixed(2),
    ...(isSimulated ? [String(trueRank)] : []),
    isBought ? 'yes' : 'no',
    reasons(explanation),
  ]);
  return `<h3>Customer ${escapeHtml(id)}, ${escapeHtml(country)}</h3>
<p>${lines} order lines before the test days, most of them ${liked}.</p>
${table(columns, rows)}`;
}

// The four largest parts; what is left goes with the baseline, the mean customer and item.
function reasons({ contributions }: Explanation): string {
  const shown = contributions.slice(0, 4).map(({ feature, id, value }) => {
    const name = feature === 'user' ? 'this customer' : feature === 'item' ? 'this item' : (id ?? feature);
    return `${escapeHtml(name)} ${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`;
  });
  return shown.join(', ');
}

const number = (name: string) => ({ name, isNumber: true });
