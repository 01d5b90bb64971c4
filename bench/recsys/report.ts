// tsx bench/recsys/report.ts: writes the tables of bench/recsys/README.md, and a picture for docs, from the files in bench/recsys/results.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AdamComparison, type AdamCurve, adamOnMovieLens, adamOnOnlineRetail } from './adam-table.js';
import { movieLensTable } from './movielens-table.js';
import { type NextBasketResults, nextBasketPicture, nextBasketTable } from './next-basket-table.js';
import { onlineRetailTable } from './online-retail-table.js';
import type { Curve } from './results.js';

const results = new URL('results/', import.meta.url);
const readme = new URL('README.md', import.meta.url);

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, results), 'utf8')) as T;
}

function replaceBetween(text: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name}: start -->`, `<!-- ${name}: end -->`];
  const [before, after] = [text.indexOf(start), text.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`bench/recsys/README.md must contain ${start} and then ${end}.`);
  return `${text.slice(0, before + start.length)}\n\n${table}\n\n${text.slice(after)}`;
}

const curves = readdirSync(results)
  .filter((name) => /-(test|validation)-\d+\.json$/.test(name))
  .map((name) => read<Curve>(name));
let text = replaceBetween(readFileSync(readme, 'utf8'), 'movielens', movieLensTable(curves));
for (const unit of ['order', 'row']) {
  const name = `online-retail-${unit}`;
  if (!existsSync(new URL(`${name}.json`, results))) continue;
  text = replaceBetween(text, name, onlineRetailTable(read(`${name}.json`)));
}
const named = (start: string) => readdirSync(results).filter((name) => name.startsWith(start));
text = replaceBetween(text, 'adam-movielens', adamOnMovieLens(named('adam-mlp-').map((name) => read<AdamCurve>(name))));
const onRetail = named('adam-retail-').map((name) => read<AdamComparison>(name));
text = replaceBetween(text, 'adam-online-retail', adamOnOnlineRetail(onRetail, [5, 10, 15]));
const baskets = read<NextBasketResults>('next-basket.json');
text = replaceBetween(text, 'next-basket-last', nextBasketTable(baskets.lastOrders));
if (baskets.afterADate) text = replaceBetween(text, 'next-basket-date', nextBasketTable(baskets.afterADate));
writeFileSync(new URL('../../docs/next-basket.svg', import.meta.url), nextBasketPicture(baskets.lastOrders));
writeFileSync(readme, text);
