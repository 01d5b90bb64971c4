import type { PlotOptions } from '@observablehq/plot';
import { useMemo } from 'preact/hooks';
import { PlotFigure, type PlotLibrary } from './plot-figure.js';

/** An estimate with its interval, in a group of others. */
export interface Estimated {
  readonly name: string;
  readonly part: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

interface BarsProps {
  readonly title: string;
  readonly bars: readonly Estimated[];
  /** What one bar stands for: its name comes first and is drawn in the first colour. */
  readonly axis: string;
  /** Where a line is drawn to compare with. */
  readonly rule?: { readonly at: number; readonly says: string };
  readonly domain?: readonly [number, number];
  readonly percent?: boolean;
}

/** Bars with intervals of 95%, one under the other, in groups. */
export function Bars({ title, bars, axis, rule, domain, percent = false }: BarsProps) {
  const parts = [...new Set(bars.map(({ part }) => part))];
  const names = [...new Set(bars.map(({ name }) => name))];
  const written = (value: number) => (percent ? `${(100 * value).toFixed(0)}%` : value.toFixed(2));
  const options = useMemo(
    () =>
      (plot: PlotLibrary): PlotOptions => ({
        marginLeft: 16 + 7 * Math.max(...names.map((name) => name.length)),
        marginRight: 48,
        marginBottom: 42,
        marginTop: parts.length > 1 ? 24 : 8,
        x: {
          label: axis,
          ticks: 3,
          labelOffset: 36,
          ...(domain && { domain: [...domain] }),
          ...(percent && { tickFormat: '.0%' }),
        },
        y: { label: null, domain: names },
        fy: { domain: parts, axis: null, padding: parts.length > 1 ? 0.3 : 0 },
        color: {
          domain: names,
          range: ['var(--chart-1)', 'var(--chart-2)', 'var(--chart-3)', 'var(--quiet)', 'var(--chart-5)'],
        },
        marks: [
          plot.barX(bars, {
            x1: rule && domain ? rule.at : 0,
            x2: 'value',
            y: 'name',
            fy: 'part',
            fill: 'name',
            insetTop: 1,
            insetBottom: 1,
          }),
          plot.ruleY(bars, { x1: 'low', x2: 'high', y: 'name', fy: 'part', strokeWidth: 1.5 }),
          ...(parts.length > 1
            ? [
                plot.text(parts, {
                  fy: (part: string) => part,
                  text: (part: string) => part,
                  frameAnchor: 'top-left',
                  dy: -14,
                  fontWeight: 600,
                }),
              ]
            : []),
          ...(rule ? [plot.ruleX([rule.at], { strokeDasharray: '3 3' })] : []),
          plot.text(bars, {
            x: 'high',
            y: 'name',
            fy: 'part',
            text: (bar: Estimated) => written(bar.value),
            dx: 6,
            textAnchor: 'start',
          }),
        ],
      }),
    [bars],
  );
  const summary = bars
    .map(
      ({ name, part, value, low, high }) => `${part}, ${name}: ${written(value)} (${written(low)} to ${written(high)})`,
    )
    .join('; ');
  return (
    <PlotFigure
      title={title}
      summary={`${rule ? `${rule.says}. ` : ''}${summary}.`}
      height={52 + 26 * bars.length + (parts.length > 1 ? 30 * parts.length : 0)}
      options={options}
    />
  );
}
