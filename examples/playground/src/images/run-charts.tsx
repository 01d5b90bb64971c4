import type { PlotOptions } from '@observablehq/plot';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { PlotFigure, type PlotLibrary } from '../charts/plot-figure.js';
import type { Curves } from './curves.js';

/** Both losses, and what the critic believes of real and of drawn pictures. */
export function RunCharts({ curves: current }: { readonly curves: Curves }) {
  const curves = useNowAndThen(current);
  const latest = curves.points.at(-1);
  const losses = useMemo(
    () =>
      linesOf(curves, [
        { name: 'critic', of: 'discriminatorLoss' },
        { name: 'generator', of: 'generatorLoss' },
      ]),
    [curves],
  );
  const beliefs = useMemo(
    () =>
      linesOf(
        curves,
        [
          { name: 'real', of: 'realScore' },
          { name: 'drawn', of: 'fakeScore' },
        ],
        [0, 1],
      ),
    [curves],
  );
  const number = (value: number | undefined) => (value === undefined ? 'none yet' : value.toFixed(2));
  if (!latest) return <div class="charts waiting" />;
  return (
    <div class="charts">
      <PlotFigure
        title="Losses"
        summary={`Critic ${number(latest?.discriminatorLoss)}, generator ${number(latest?.generatorLoss)}. Neither falls for long: both hover.`}
        options={losses}
      />
      <PlotFigure
        title="The critic’s belief: D(x) and D(G(z))"
        summary={`Real pictures ${number(latest?.realScore)}, drawn ones ${number(latest?.fakeScore)}.`}
        options={beliefs}
      />
    </div>
  );
}

interface Line {
  readonly name: string;
  readonly of: 'discriminatorLoss' | 'generatorLoss' | 'realScore' | 'fakeScore';
}

function linesOf({ points }: Curves, lines: readonly Line[], domain?: readonly [number, number]) {
  const data = lines.flatMap(({ name, of }) => points.map((point) => ({ name, step: point.step, value: point[of] })));
  return (plot: PlotLibrary): PlotOptions => ({
    marginLeft: 36,
    marginTop: 8,
    x: { label: 'step', ticks: 4 },
    y: { ticks: 3, label: null, ...(domain && { domain: [...domain] }) },
    color: { domain: lines.map(({ name }) => name), range: ['var(--chart-1)', 'var(--chart-2)'], legend: true },
    marks: [
      plot.ruleY([0], { strokeOpacity: 0.2 }),
      plot.line(data, { x: 'step', y: 'value', z: 'name', stroke: 'name', strokeWidth: 1.8 }),
    ],
  });
}

const drawEvery = 1000;

/** A value as it was at most a second ago: charts cost more to draw than pictures. */
function useNowAndThen<T>(value: T): T {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  latest.current = value;
  useEffect(() => {
    const timer = setInterval(() => setShown(latest.current), drawEvery);
    return () => clearInterval(timer);
  }, []);
  return shown;
}
