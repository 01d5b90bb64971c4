import type { Estimate } from '../../statistics/estimate.js';
import type { Backtest } from './backtest-report.js';

/** A backtest as a table to print. */
export function backtestTable(
  { methods, products, origins }: Omit<Backtest, 'table'>,
  levels: readonly number[],
  horizon: number,
): string {
  const lines = methods.map(({ method, rmsse, lessZero, pinball, coverage, bias, mase }, place) => {
    const cells = [rmsse, place === 0 ? undefined : lessZero, pinball, coverage, bias, mase].map(shown);
    return `| ${method} | ${cells.join(' | ')} |`;
  });
  const inner = `${Math.round(100 * (levels.at(-1)! - levels[0]!))}%`;
  return [
    `| method | RMSSE | less zero | scaled pinball | within ${inner} | bias | MASE |`,
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
    `${products} products, ${horizon} periods from ${origins.length} origins; 95% intervals over products.`,
  ].join('\n');
}

function shown(estimate: Required<Estimate> | undefined): string {
  if (!estimate) return '–';
  const { value, interval } = estimate;
  return `${value.toFixed(3)} (${interval.map((each) => each.toFixed(3)).join(' to ')})`;
}
