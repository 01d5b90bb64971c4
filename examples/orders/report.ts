import { duration } from '../shared/duration.js';
import { escapeHtml, figure, writePage } from '../shared/page.js';
import { factsTable, machineFacts } from '../shared/tables.js';
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
  const { settings, sales, judged, best, heldOut, asked, stock } = run;
  const body = `<h2>Can virtual lines be told from real ones?</h2>
<p>Four models learned from ${count(run.learnedFrom)} order lines and drew ${count(heldOut.length)} virtual ones each. Boosted trees then
try to tell them from as many real lines that no model saw: 0.5 means that they cannot, 1 that they always can.</p>
${figure(detectorChart(judged), 'Area under the ROC curve of the trees, with 95% intervals. Grey: the same trees on real lines against real lines.')}
${judgesTable(judged)}
<p>${linesVerdict(judged, best)}</p>
<h2>What they look like</h2>
<p>Real lines that were held out (grey) beside virtual ones of the ${escapeHtml(best.label)} (blue).</p>
${shareFigures(heldOut, best)}
<h2>What goes with what</h2>
<p>How alike each pair of columns is to the real lines, 1 where all shares are the same.</p>
${pairMaps(judged, best)}
<h2>Asking for something</h2>
${askedTable(asked)}
<h2>Virtual demand</h2>
<p>Three products on the days that were held out, and on as many virtual days: no day by day forecast, but another course of the same kind.</p>
${demandFigures(stock)}
<h2>What a stock rule learned from it costs</h2>
<p>Base-stock levels are chosen on recorded and on virtual days, and priced on the recorded days after them: ${stockWords}. The regret is what a
rule costs more a day than the best level in hindsight.</p>
${regretTable(stock)}
<p>${stockVerdict(stock)}</p>
<h2>Data and settings</h2>
${factsTable([
  [
    'sales',
    `${escapeHtml(sales.name)}: ${count(sales.lines.length)} lines; ${count(sales.leftOut)} rows that sell nothing were left out`,
  ],
  ...judged.map(({ label, seconds }): [string, string] => [escapeHtml(label), `learned in ${duration(seconds)}`]),
  ['seed', String(settings.seed)],
  ['everything', duration(run.totalSeconds)],
  ...machineFacts('none'),
])}
<h2>What this is, and what it is not</h2>
<p>${limits}</p>`;
  return writePage({
    title: 'minimart: virtual orders',
    heading: 'Orders that never were',
    lead: `${escapeHtml(sales.name)}: virtual order lines and days of demand, what judges say of them, and what stock rules learned from them cost.`,
    body,
    command: 'npm run example:orders',
  });
}

const stockWords = 'orders come after two days, a piece in stock costs 1 a day, a piece that is missing 9';

const limits = `One split and one seed of each model. Lines are drawn one by one: what belongs together in an order is not here
(<code>virtualCustomers</code> draws whole orders). Virtual lines are no protection of anybody's data: for that there is
<code>privateMixture</code>, with a budget.`;

const count = (number: number) => number.toLocaleString('en');
