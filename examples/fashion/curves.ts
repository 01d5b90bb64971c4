import type { GanReport } from 'minimart';
import { lineChart } from '../shared/line-chart.js';

/** The curves of a run as two SVG pictures. */
export function drawCurves(history: readonly GanReport[]): { readonly losses: string; readonly scores: string } {
  const steps = history.map(({ step }) => step);
  const last = history.at(-1);
  const near = (value: number | undefined) => (value ?? Number.NaN).toFixed(2);
  return {
    losses: lineChart({
      title: 'Losses',
      description: `Losses over steps; at the end discriminator ${near(last?.losses.discriminator)}, generator ${near(last?.losses.generator)}.`,
      steps,
      series: [
        { name: 'discriminator', values: history.map(({ losses }) => losses.discriminator) },
        { name: 'generator', values: history.map(({ losses }) => losses.generator) },
      ],
    }),
    scores: lineChart({
      title: 'What the discriminator believes',
      description: `Mean probability of being real over steps; at the end ${near(last?.realScore)} for real images and ${near(last?.fakeScore)} for generated ones.`,
      steps,
      series: [
        { name: 'D(x), real', values: history.map(({ realScore }) => realScore) },
        { name: 'D(G(z)), drawn', values: history.map(({ fakeScore }) => fakeScore) },
      ],
      top: 1,
      mark: 0.5,
    }),
  };
}
