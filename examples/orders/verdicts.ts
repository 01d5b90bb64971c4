import type { Judged } from './judge-lines.js';
import type { StockResult } from './stock.js';

/** What the judges' figures come to, in plain words. */
export function linesVerdict(judged: readonly Judged[], best: Judged): string {
  const { trees } = best.detection;
  const isTold = trees.interval[0] > trees.floor.interval[1];
  const told = isTold
    ? `can be told from real ones (${trees.value.toFixed(3)}, where real lines get ${trees.floor.value.toFixed(3)})`
    : `cannot be told from real ones beyond chance (${trees.value.toFixed(3)}, where real lines get ${trees.floor.value.toFixed(3)})`;
  const copies = judged.find(({ comparison }) => comparison.copyExcess.value >= 0.1);
  const aside = copies
    ? ` The ${copies.label} does not compete: its lines are copies, which no judge of likeness minds.`
    : '';
  const { copyExcess } = best.comparison;
  const learned =
    copyExcess.interval[0] > 0
      ? `repeat learned lines ${(100 * copyExcess.value).toFixed(1)} % more often than other real lines do`
      : 'repeat learned lines no more often than other real lines do';
  return `Lines of the ${best.label} ${told}, and ${learned}.${aside}`;
}

/** Whether virtual days helped, in plain words. */
export function stockVerdict(results: readonly StockResult[]): string {
  const groups: Record<'less' | 'more' | 'no different beyond chance', string[]> = {
    less: [],
    more: [],
    'no different beyond chance': [],
  };
  for (const { product, regret } of results) {
    const { difference } = regret.sources.find(({ source }) => source === 'virtual days')!;
    const [low, high] = difference!.interval;
    const said = high < 0 ? 'less' : low > 0 ? 'more' : 'no different beyond chance';
    groups[said].push(product);
  }
  const words = Object.entries(groups)
    .filter(([, products]) => products.length > 0)
    .map(([said, products]) => `${said} for ${products.join(' and ')}`);
  const end = groups.less.length > 0 ? '' : ' The recorded days are enough here, and simpler.';
  return `Beside levels learned from the recorded days themselves, those learned from virtual days cost ${words.join(', ')}.${end}`;
}
