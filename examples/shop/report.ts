import { factTable, paragraph, reportPage } from 'minimart/report';
import { duration } from '../shared/duration.js';
import { type Fact, footer, machineFacts, percent } from '../shared/facts.js';
import type { Customer } from './customers.js';
import type { Orders } from './load-orders.js';
import { listLength, type Measured } from './measure.js';
import type { Settings } from './options.js';
import { customerParts, labelOf, learningCurves, rankingChart, rankingTable } from './report-parts.js';
import type { OrderSplit } from './split-orders.js';
import type { Trained } from './train-als.js';
import type { TrainedMlp } from './train-mlp.js';

/** Everything that the report shows. */
export interface Run {
  readonly settings: Settings;
  readonly orders: Orders;
  readonly split: OrderSplit;
  /** Best first. */
  readonly measured: readonly Measured[];
  readonly trained: readonly Trained[];
  readonly mlp: TrainedMlp;
  readonly customers: readonly Customer[];
  readonly totalSeconds: number;
}

/** The report as one HTML page that needs no other file. */
export function writeReport(run: Run): string {
  const { orders, measured, customers, mlp } = run;
  const truth = orders.shop
    ? ' The true place is that of the item by the purchases that the truth expects of this customer on the test days.'
    : '';
  const shown = `The first five items of ${labelOf(bestModel(measured))}, without those already bought.${truth} A score ranks the items
of one customer and means nothing beside another's.`;
  return reportPage({
    title: 'What will they buy next?',
    lead: `${orders.name}: ${count(run.split.train.length)} order lines to learn from, the last ${run.settings.testDays} days to foretell.`,
    sections: [
      {
        heading: 'How good are the recommendations?',
        parts: [
          paragraph(protocol(run)),
          rankingChart(measured),
          rankingTable(measured),
          ...(orders.shop ? [paragraph(meanings)] : []),
          paragraph(verdict(measured)),
        ],
      },
      { heading: 'How it learned', parts: [learningCurves(mlp)] },
      { heading: 'What three customers would see', parts: [paragraph(shown), ...customers.flatMap(customerParts)] },
      { heading: 'Data and settings', parts: [factTable(facts(run))] },
      { heading: 'What this is, and what it is not', parts: [paragraph(limits(orders))] },
    ],
    footer: footer('npm run example:shop'),
  });
}

const meanings = `Way to best: how far the NDCG lies from popularity's (0) to that of the best possible ranking (100 %), which knows
the tastes, prices and seasons that the orders were made with. Captured: the purchases that the truth expects of the ${listLength} items
shown, over those of the best ${listLength}; chance in what was bought then plays no part.`;

/** The best of the learned ones: neither popularity nor the truth. */
export function bestModel(measured: readonly Measured[]): Measured {
  return measured.find(({ recommender }) => !['truth', 'popularity'].includes(recommender.name))!;
}

/** A few words on how near the best recommender comes, or how far ahead it is. */
export function verdict(measured: readonly Measured[]): string {
  const best = bestModel(measured);
  const { difference, value } = best.report.metrics.ndcg!;
  const name = labelOf(best);
  const low = difference?.interval?.[0] ?? difference!.value;
  const ahead =
    low > 0 ? `is ahead of popularity by ${difference!.value.toFixed(3)}` : 'is not ahead of popularity beyond chance';
  const near =
    best.captured === undefined
      ? ''
      : ` It goes ${percent(best.closeness!)} of the way from popularity to the best possible ranking, and its lists of ${listLength} hold ${percent(best.captured)} of the purchases that the best possible lists can expect.`;
  return `Best of what was learned here is ${name}: NDCG@${listLength} ${value.toFixed(3)}. It ${ahead}.${near}`;
}

function protocol({ settings, measured }: Run): string {
  const { users, relevantItems } = measured[0]!.report;
  return `Models saw everything but the last ${settings.testDays} days. Then each of ${count(users)} customers who bought
before, and bought something new to them in those days, gets a list of all items that are new to them; ${count(relevantItems)}
such purchases are to be found. Items bought again do not count. Settings were chosen on the ${settings.validationDays} days
before, never on the test days.`;
}

function facts({ settings, orders, split, trained, mlp, totalSeconds }: Run): Fact[] {
  const { users, items, report } = orders.interactions;
  const dropped = Object.entries(report.dropped).filter(([, rows]) => rows > 0);
  return [
    ['orders', `${count(report.rows)} rows, of which ${count(report.kept)} are interactions`],
    ['left out', dropped.map(([reason, rows]) => `${count(rows)} ${reason}`).join(', ') || 'nothing'],
    ['customers, items', `${count(users.size)}, ${count(items.size)}`],
    [
      'train, validation, test',
      [split.fit, split.validation, split.test].map(({ length }) => count(length)).join(', '),
    ],
    ...[...trained, mlp].map(
      ({ recommender, note, seconds }): Fact => [recommender.name, `${note}; ${duration(seconds)}`],
    ),
    ['seed', String(settings.seed)],
    ['everything', duration(totalSeconds)],
    ...machineFacts(settings.backend),
  ];
}

function limits({ shop }: Orders): string {
  const common = 'One split by time, one seed: another period may put close results into another order.';
  return shop
    ? `These customers have tastes that never change and buy without looking at what others buy; real ones are harder to
know, and no one can say how near the best possible a model comes with them. What carries over is how much each method makes
of so many orders. ${common}`
    : `How near these figures are to the best possible, nobody can say: run it without --data for a shop where that
is known. ${common}`;
}

const count = (number: number) => number.toLocaleString('en');
