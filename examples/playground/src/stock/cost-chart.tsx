import type { PlotOptions } from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import { PlotFigure, type PlotLibrary } from '../charts/plot-figure.js';
import type { Learned } from './services.js';

interface CostChartProps {
  readonly learnt: readonly Learned[];
  readonly baseStock: number;
  readonly optimum: number;
}

/** What the learned policy costs after so many days, beside two that know the demand. */
export function CostChart({ learnt, baseStock, optimum }: CostChartProps) {
  const options = useMemo(() => {
    const rules = [
      { cost: baseStock, name: 'base stock' },
      { cost: optimum, name: 'optimum' },
    ];
    const points = learnt.map(({ days, cost }) => ({ days, cost }));
    return (plot: PlotLibrary): PlotOptions => ({
      marginLeft: 44,
      marginRight: 80,
      marginTop: 20,
      x: {
        type: 'log',
        label: 'days learnt',
        ticks: points.map(({ days }) => days).filter((_, place) => place % 3 === 0),
        tickFormat: (days: number) => `${Math.round(days / 1000)}k`,
      },
      y: { label: 'cost a day', ticks: 4, nice: true },
      marks: [
        plot.ruleY(rules, { y: 'cost', stroke: 'name', strokeDasharray: '4 3' }),
        plot.text(rules, { y: 'cost', text: 'name', frameAnchor: 'right', textAnchor: 'start', dx: 6 }),
        plot.line(points, { x: 'days', y: 'cost', stroke: 'var(--chart-1)', strokeWidth: 2 }),
        plot.dot(points, { x: 'days', y: 'cost', fill: 'var(--chart-1)' }),
      ],
      color: { domain: ['base stock', 'optimum'], range: ['var(--chart-2)', 'var(--chart-3)'] },
    });
  }, [learnt, baseStock, optimum]);
  const latest = learnt.at(-1)!;
  return (
    <PlotFigure
      title="Cost of the learned policy"
      summary={`After ${latest.days} days ${latest.cost.toFixed(2)} a day; base stock ${baseStock.toFixed(2)}, optimum ${optimum.toFixed(2)}.`}
      height={200}
      options={options}
    />
  );
}
