import type { GanReport } from 'minimart';
import { lineChart, type ReportChart } from 'minimart/report';

/** The curves of a run. */
export function drawCurves(history: readonly GanReport[]): {
  readonly losses: ReportChart;
  readonly scores: ReportChart;
} {
  const steps = history.map(({ step }) => step);
  const last = history.at(-1);
  const near = (value: number | undefined) => (value ?? Number.NaN).toFixed(2);
  return {
    losses: lineChart({
      title: 'Losses',
      caption: `Losses; the band is the least and the largest of neighbouring steps. They do not measure how good the pictures are: each network is measured against an opponent that changes.`,
      description: `Losses over steps; at the end discriminator ${near(last?.losses.discriminator)}, generator ${near(last?.losses.generator)}.`,
      steps,
      series: [
        { name: 'discriminator', values: history.map(({ losses }) => losses.discriminator) },
        { name: 'generator', values: history.map(({ losses }) => losses.generator) },
      ],
    }),
    scores: lineChart({
      title: 'What the discriminator believes',
      caption: `Mean probability of "real" that the discriminator gives to real images and to drawn ones, in training, with dropout. Where both lie at 0.5, it cannot tell them apart.`,
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
