// npx tsx scripts/forecast-picture.ts: writes docs/how-much-will-i-sell.svg, a product of a simulated shop, forecast from five origins.

import { writeFileSync } from 'node:fs';
import {
  conformalForecast,
  countColumn,
  forecastSales,
  formatOrders,
  idColumn,
  parseTable,
  salesByPeriod,
  sesForecast,
  simulateShop,
  timeColumn,
} from 'minimart';

const [width, height, left, bottom] = [720, 240, 40, 28];
const [product, horizon] = ['P0003', 4];
const shop = simulateShop({ seed: 7, users: 400, items: 30, days: 365 });
const orders = parseTable(formatOrders(shop), { Product: idColumn(), Quantity: countColumn(), Time: timeColumn() });
const columns = { product: 'Product', time: 'Time', pieces: 'Quantity' } as const;
const sales = await salesByPeriod(orders, columns);
const series = sales.series(product);
const most = Math.max(...series) * 1.1;
const x = (week: number) => left + ((week + 0.5) * (width - left - 8)) / series.length;
const y = (pieces: number) => height - bottom - (Math.min(pieces, most) * (height - bottom - 12)) / most;
const points = (list: readonly (readonly [number, number])[]) =>
  list.map(([week, pieces]) => `${x(week).toFixed(1)},${y(pieces).toFixed(1)}`).join(' ');

const parts: string[] = [];
for (let origin = series.length - 5 * horizon; origin < series.length; origin += horizon) {
  const to = sales.start + origin * 7 * 86_400_000 - 1;
  const known = await salesByPeriod(orders, { ...columns, to });
  const method = conformalForecast(sesForecast(), { origins: 12 });
  const forecast = await forecastSales(known, { method, horizon });
  const at = (values: readonly number[]) => values.map((value, step) => [origin + step, value] as const);
  const [low, high] = [forecast.quantile(product, 0.05), forecast.quantile(product, 0.95)];
  parts.push(
    `<polygon points="${points([...at(high), ...at(low).reverse()])}" fill="#2a6fdb" fill-opacity="0.18"/>`,
    `<polyline points="${points(at(forecast.mean(product)))}" fill="none" stroke="#2a6fdb" stroke-width="2"/>`,
  );
}
const ticks = [0, Math.round(most / 2), Math.round(most / 1.1)].map(
  (value) =>
    `<text x="${left - 6}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value}</text>` +
    `<line x1="${left}" x2="${width - 8}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" stroke="#ddd"/>`,
);
const weeks = [0, 10, 20, 30, 40, 50]
  .filter((week) => week < series.length)
  .map((week) => `<text x="${x(week).toFixed(1)}" y="${height - 8}" text-anchor="middle">week ${week + 1}</text>`);
const sold = points(series.map((pieces, week) => [week, pieces] as const));
writeFileSync(
  new URL('../docs/how-much-will-i-sell.svg', import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11" fill="#444">
<title>Pieces of one product sold in each week, and forecasts from five origins with the range of 90%</title>
<rect width="${width}" height="${height}" fill="#fff"/>
${[...ticks, ...weeks, ...parts].join('\n')}
<polyline points="${sold}" fill="none" stroke="#222" stroke-width="1.5"/>
</svg>
`,
);
