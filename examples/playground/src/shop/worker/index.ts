import { serve } from '../../link/serve.js';
import { guessFormat, guessMapping } from '../columns.js';
import type { ShopServices, ShopSummary } from '../services.js';
import { forecastProduct, judgeForecast } from './forecasting.js';
import { readHeader } from './read-header.js';
import { judgeRecommender, recommendTo } from './recommending.js';
import { openShop, type Shop } from './shop.js';
import { drawLines, type LearnedLines, learnLines } from './virtual-orders.js';

let opened: { readonly shop: Shop; readonly summary: ShopSummary; lines?: Promise<LearnedLines> } | undefined;

serve<ShopServices>({
  header: async (file) => {
    const [names = [], ...rows] = await readHeader(file);
    const mapping = guessMapping(names);
    const place = names.indexOf(mapping.time);
    return { names, mapping, format: guessFormat(rows.flatMap((row) => row[place] ?? [])) };
  },
  open: async (source) => {
    opened = await openShop(source);
    return opened.summary;
  },
  recommend: (asked) => recommendTo(current().shop, asked),
  judgeRecommender: () => judgeRecommender(current().shop),
  virtual: async (asked, call) => {
    const now = current();
    now.lines ??= learnLines(now.shop.orders, call);
    return drawLines(await now.lines, asked, now.shop.orders.mapping.country);
  },
  forecast: (asked) => forecastProduct(current().shop, asked),
  judgeForecast: (_, call) => {
    const { shop, summary } = current();
    return judgeForecast(shop, summary.productIds, call);
  },
});

function current() {
  if (!opened) throw new Error('No shop is open.');
  return opened;
}
