// npx tsx scripts/stock-picture.ts: writes docs/how-much-do-i-order.svg, ten weeks of the first example of that page, drawn from what was asked for.

import { writeFileSync } from 'node:fs';
import { bestForService, empiricalDemand, inventoryEnvironment } from 'minimart';
import { lineChart } from 'minimart/report';

const asked = [3, 0, 5, 2, 4, 7, 1, 3, 6, 2, 0, 4, 5, 3, 2, 8, 1, 4, 3, 2];
const product = { demand: empiricalDemand(asked), leadTime: 1, holding: 1, packSize: 6 };
const { policy } = await bestForService({ ...product, fillRate: 0.95 });
const days = 70;
// Until the shelf, empty at first, is as it is kept.
const before = 14;
const shop = inventoryEnvironment({ ...product, penalty: 1, maxOrder: 24, horizon: before + days });
const played = [];
for (let { observation } = shop.reset({ seed: 3 }); played.length < before + days; ) {
  const step = shop.step(policy.act(observation));
  played.push(step.period);
  observation = step.observation;
}
const periods = played.slice(before);
const short = periods.map((period) => period.short);
const missed = short.reduce((sum, units) => sum + units, 0);
const sold = periods.reduce((sum, period) => sum + period.sold, 0);
const chart = lineChart({
  title: `Ten weeks with the rule ${policy.name}`,
  description: `Units left and units missing at the end of each of ${days} days: ${sold} sold, ${missed} missed, on ${short.filter(Boolean).length} days.`,
  steps: periods.map((_, day) => day + 1),
  unit: 'day',
  series: [
    { name: 'left', values: periods.map(({ held }) => held) },
    { name: 'missed', values: short },
  ],
});
console.log(chart.text);
writeFileSync(new URL('../docs/how-much-do-i-order.svg', import.meta.url), `${chart.svg}\n`);
