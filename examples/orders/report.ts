import { factTable, paragraph, type ReportPart, reportPage } from 'minimart/report';
import { duration } from '../shared/duration.js';
import { footer, machineFacts } from '../shared/facts.js';
import type { Asked } from './ask.js';
import type { Judged } from './judge-lines.js';
import type { Sales } from './load-lines.js';
import type { Settings } from './options.js';
import {
  askedTable,
  demandFigures,
  detectorChart,
  judgesTable,
  pairMaps,
  regretTable,
  shareFigures,
} from './report-parts.js';
import type { StockResult } from './stock.js';
import { linesVerdict, stockVerdict } from './verdicts.js';

/** Everything that the report shows. */
export interface Run {
  readonly settings: Settings;
  readonly sales: Sales;
  readonly learnedFrom: number;
  readonly heldOut: Judged['virtual'];
  readonly judged: readonly Judged[];
  readonly best: Judged;
  readonly asked: Asked;
  readonly stock: readonly StockResult[];
  readonly totalSeconds: number;
}

/** The report as one HTML page that needs no other file. */
export function writeReport(run: Run): string {
  const { sales, judged, best, heldOut, asked, stock } = run;
  const told = `Four models learned from ${count(run.learnedFrom)} order lines and drew ${count(heldOut.length)} virtual ones each. Boosted trees then
try to tell them from as many real lines that no model saw: 0.5 means that they cannot, 1 that they always can.`;
  const alike = `Real lines that were held out (grey) beside virtual ones of the ${best.label} (blue).`;
  const priced = `Base-stock levels are chosen on recorded and on virtual days, and priced on the recorded days after them: ${stockWords}. The regret is what a
rule costs more a day than the best level in hindsight.`;
  const section = (heading: string, words: string, ...parts: readonly ReportPart[]) => ({
    heading,
    parts: [paragraph(words), ...parts],
  });
  return reportPage({
    title: 'Orders that never were',
    lead: `${sales.name}: virtual order lines and days of demand, what judges say of them, and what stock rules learned from them cost.`,
    sections: [
      section(
        'Can virtual lines be told from real ones?',
        told,
        detectorChart(judged),
        ...judgesTable(judged),
        paragraph(linesVerdict(judged, best)),
      ),
      section('What they look like', alike, shareFigures(heldOut, best)),
      section(
        'What goes with what',
        'How alike each pair of columns is to the real lines, 1 where all shares are the same.',
        pairMaps(judged, best),
      ),
      { heading: 'Asking for something', parts: askedTable(asked) },
      section(
        'Virtual demand',
        'Three products on the days that were held out, and on as many virtual days: no day by day forecast, but another course of the same kind.',
        ...demandFigures(stock),
      ),
      section('What a stock rule learned from it costs', priced, regretTable(stock), paragraph(stockVerdict(stock))),
      { heading: 'Data and settings', parts: [factsOf(run)] },
      section('What this is, and what it is not', limits),
    ],
    footer: footer('npm run example:orders'),
  });
}

function factsOf({ settings, sales, judged, totalSeconds }: Run): ReportPart {
  return factTable([
    [
      'sales',
      `${sales.name}: ${count(sales.lines.length)} lines; ${count(sales.leftOut)} rows that sell nothing were left out`,
    ],
    ...judged.map(({ label, seconds }): [string, string] => [label, `learned in ${duration(seconds)}`]),
    ['seed', String(settings.seed)],
    ['everything', duration(totalSeconds)],
    ...machineFacts('none'),
  ]);
}

const stockWords = 'orders come after two days, a piece in stock costs 1 a day, a piece that is missing 9';

const limits = `One split and one seed of each model. Lines are drawn one by one: what belongs together in an order is not here
(virtualCustomers draws whole orders). Virtual lines are no protection of anybody's data: for that there is
privateMixture, with a budget.`;

const count = (number: number) => number.toLocaleString('en');
