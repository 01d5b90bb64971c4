import { dataTable, factTable, paragraph, type ReportPart } from 'minimart/report';
import { duration } from '../shared/duration.js';
import { type Fact, machineFacts, percent } from '../shared/facts.js';
import type { Comparison } from './compare-with-real.js';
import type { Run } from './report.js';

/** What the nearest real images say, samples beside real images as the baseline. */
export function comparisonParts({ shares, distance, probes, references }: Comparison): ReportPart[] {
  const columns = [{ name: 'garment' }, ...['samples', 'real images'].map((name) => ({ name, isNumber: true }))];
  const rows = shares.map(({ garment, generated, real }) => [garment, percent(generated), percent(real)]);
  return [
    paragraph(`Each of ${probes} samples counts as the garment of the real image nearest to it, pixel by pixel, among
${references.toLocaleString('en')}; ${probes} real images, compared in the same way, are the baseline. A blob counts too, as whatever it lies
nearest to. Mean distance to the nearest, as the root mean square of pixels from 0 to 1: ${distance.generated.toFixed(3)} for samples,
${distance.real.toFixed(3)} for real images. Copies would lie near 0.`),
    dataTable({ columns, rows }),
  ];
}

/** Settings, data, timing and versions. */
export function settingsTable(run: Run): ReportPart {
  const { settings, history } = run;
  const total = history.at(-1)?.totalSteps ?? 0;
  const facts: readonly Fact[] = [
    ['generator', `${settings.latentSize} noise numbers, ${layers(settings.generator)}, batch normalization, sigmoid`],
    [
      'discriminator',
      `${layers(settings.discriminator)}${settings.normalization === 'batch' ? ', batch normalization' : ''}, leaky ReLU, dropout ${settings.dropout}, logits`,
    ],
    ['loss', `non-saturating, one-sided label smoothing ${settings.labelSmoothing}`],
    ['optimizers', `Adam, learning rate ${settings.learningRate}, beta1 0.5, beta2 0.999, epsilon 1e-7`],
    ['pictures', `drawn by a moving average of the generator's weights over steps, decay ${settings.averaging}`],
    ['batch', `${settings.batchSize} images`],
    [
      'steps',
      `${history.length.toLocaleString('en')} of ${total.toLocaleString('en')}${run.stopped ? ', stopped by Ctrl-C' : ''}`,
    ],
    ['seed', String(settings.seed)],
    ['data', `${run.imageCount.toLocaleString('en')} images of Fashion-MNIST`],
    [
      'training',
      `${duration(run.trainingSeconds)}, ${Math.round(history.at(-1)?.samplesPerSecond ?? 0)} images a second`,
    ],
    ['everything', `${duration(run.totalSeconds)}, with loading, pictures and comparison`],
    ...machineFacts(settings.backend),
  ];
  return factTable(facts);
}

function layers(sizes: Run['settings']['generator']): string {
  return 'hidden' in sizes
    ? `dense layers ${sizes.hidden.join(', ')}`
    : `convolutions with ${sizes.filters.join(', ')} filters`;
}
