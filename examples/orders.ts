// Makes virtual orders, judges them, and sets stock by them: `npm run example:orders`, options with `-- --help`.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { splitTable } from 'minimart';
import { ask } from './orders/ask.js';
import { bestOf, judgeLines } from './orders/judge-lines.js';
import { learnModels } from './orders/learn-models.js';
import { loadSales } from './orders/load-lines.js';
import { help, readOptions, type Settings } from './orders/options.js';
import { writeReport } from './orders/report.js';
import { priceStockRules } from './orders/stock.js';
import { linesVerdict, stockVerdict } from './orders/verdicts.js';
import { stopOnCtrlC } from './shared/stop-on-ctrl-c.js';

try {
  const settings = readOptions(process.argv.slice(2));
  if (settings === 'help') process.stdout.write(help);
  else await makeOrders(settings);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function makeOrders(settings: Settings): Promise<void> {
  const started = performance.now();
  const signal = stopOnCtrlC();
  const sales = await loadSales(settings);
  const { lines } = sales;
  // A third as many are held out as are learned from.
  const wanted = Math.min(1, (settings.lines * 4) / 3 / lines.length);
  const { test: drawn } = wanted < 1 ? splitTable(lines, { testShare: wanted, seed: settings.seed }) : { test: lines };
  const { train: real, test: heldOut } = splitTable(drawn, { testShare: 0.25, seed: settings.seed });
  console.log(`Learning from ${real.length.toLocaleString('en')} of ${lines.length.toLocaleString('en')} order lines.`);

  const { models, mixture } = await learnModels(real, settings, signal);
  const judged = await judgeLines(models, { real, heldOut }, settings.seed, signal);
  const best = bestOf(judged);
  const asked = await ask(mixture, heldOut, settings.seed);
  console.log('Pricing stock rules on the days held out.');
  const stock = await priceStockRules(sales, signal);

  const totalSeconds = (performance.now() - started) / 1000;
  const run = { settings, sales, learnedFrom: real.length, heldOut, judged, best, asked, stock, totalSeconds };
  await mkdir(settings.out, { recursive: true });
  await writeFile(join(settings.out, 'report.html'), writeReport(run));
  for (const { label, detection, comparison } of judged) {
    const { trees } = detection;
    console.log(
      `  ${label.padEnd(24)} trees ${trees.value.toFixed(3)} (real ${trees.floor.value.toFixed(3)})  pairs ${comparison.pair.value.toFixed(3)}`,
    );
  }
  console.log(
    `${linesVerdict(judged, best)}\n${stockVerdict(stock)}\nOpen\n  ${join(settings.out, 'report.html')}  everything on one page`,
  );
}
