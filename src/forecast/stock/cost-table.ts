import type { Estimate } from '../../statistics/estimate.js';
import type { ForecastCosts } from './cost-report.js';

/** Costs as a table to print. */
export function costTable({ methods, products, periods, ratio }: Omit<ForecastCosts, 'table'>): string {
  const shown = ({ value, interval }: Required<Estimate>) =>
    `${value.toFixed(3)} (${interval.map((each) => each.toFixed(3)).join(' to ')})`;
  const lines = methods.map(({ method, cost, difference, fillRate, held }, place) => {
    const less = place === 0 ? '–' : shown(difference);
    return `| ${method} | ${shown(cost)} | ${less} | ${(100 * fillRate).toFixed(1)}% | ${held.toFixed(2)} |`;
  });
  return [
    `| ordered by | cost per product and period | less ${methods[0]!.method} | fill rate | held |`,
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
    `${products} products, ${periods} periods; stock shall last with a probability of ${ratio.toFixed(3)}; 95% intervals over products.`,
  ].join('\n');
}
