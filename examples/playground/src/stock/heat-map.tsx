import type { PlotOptions } from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import { PlotFigure, type PlotLibrary } from '../charts/plot-figure.js';
import type { PolicyMap } from './services.js';

/** How much a policy orders, by stock and by what is under way. */
export function HeatMap({
  title,
  map,
  most,
}: {
  readonly title: string;
  readonly map: PolicyMap;
  readonly most: number;
}) {
  const { orders } = map;
  const options = useMemo(() => {
    const cells = orders.flatMap((row, underWay) => row.map((order, stock) => ({ stock, underWay, order })));
    const isNarrow = orders.length === 1;
    return (plot: PlotLibrary): PlotOptions => ({
      marginLeft: isNarrow ? 10 : 40,
      marginTop: 8,
      padding: 0.04,
      x: {
        label: 'in stock',
        ticks: 6,
        tickFormat: (stock: number) => (stock % 4 === 0 ? String(stock) : ''),
        tickSize: 0,
      },
      y: isNarrow
        ? { axis: null }
        : {
            label: 'arrives tomorrow',
            reverse: true,
            tickFormat: (count: number) => (count % 4 === 0 ? String(count) : ''),
            tickSize: 0,
          },
      marks: [
        plot.cell(cells, { x: 'stock', y: 'underWay', fill: ({ order }: { order: number }) => mixed(order / most) }),
        ...(isNarrow ? [plot.text(cells, { x: 'stock', y: 'underWay', text: 'order', fill: 'var(--ink)' })] : []),
      ],
    });
  }, [orders, most]);
  return (
    <PlotFigure
      title={`${title}: ${map.cost.toFixed(2)} a day`}
      summary={`With an empty shelf and nothing under way it orders ${orders[0]![0]}; it orders nothing from a stock of ${firstIdle(orders[0]!)} on.`}
      height={orders.length === 1 ? 90 : 210}
      options={options}
    />
  );
}

const mixed = (share: number) =>
  `color-mix(in oklab, var(--heat-1) ${Math.round(100 * Math.min(1, share))}%, var(--heat-0))`;

function firstIdle(row: readonly number[]): number | string {
  const found = row.indexOf(0);
  return found < 0 ? `more than ${row.length - 1}` : found;
}
