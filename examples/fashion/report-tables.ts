import type { QualityName, Score } from 'minimart';
import { dataTable, factTable, paragraph, type ReportPart } from 'minimart/report';
import { duration } from '../shared/duration.js';
import { type Fact, machineFacts, percent } from '../shared/facts.js';
import type { Comparison } from './compare-with-real.js';
import type { Quality } from './measure-quality.js';
import type { Run } from './report.js';
import type { Loss, Sizes } from './settings.js';

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

/** How far samples are from real images, with real images in their place beside them. */
export function qualityParts(quality: Quality | undefined): ReportPart[] {
  if (!quality)
    return [paragraph('Too few images, or of one kind only, to measure how far samples are from real ones.')];
  const { report, accuracy } = quality;
  const columns = [{ name: 'score' }, ...['samples', 'real images'].map((name) => ({ name, isNumber: true }))];
  const rows = shownScores.flatMap(([name, words]) => {
    const score = report.scores[name];
    return score ? [[words, rounded(score), score.floor ? rounded(score.floor) : '']] : [];
  });
  return [
    paragraph(`${report.samples.generated.toLocaleString('en')} samples against ${report.samples.real.toLocaleString('en')} of the real images,
in the ${report.featureSize} features of a small classifier that this run trained for it, which takes ${percent(accuracy)} of the
images kept from it for what they are; in brackets the interval of 95 %. As many other real images in the place of the samples are the
best that can be asked for. The distance is no FID: it compares with that of other runs on these images, and with nothing else.`),
    dataTable({ columns, rows }),
  ];
}

const shownScores: readonly (readonly [QualityName, string])[] = [
  ['frechetDistance', 'Fréchet distance, lower is better'],
  ['precision', 'precision: samples that lie among real images'],
  ['recall', 'recall: real images that lie among samples'],
  ['coverage', 'coverage: real images with a sample near by'],
];

/** A score as the line of `npm start` and the report show it. */
export function rounded({ value, interval }: Score): string {
  const digits = (number: number) => String(Number(number.toPrecision(3)));
  return interval ? `${digits(value)} (${digits(interval[0])} to ${digits(interval[1])})` : digits(value);
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
    ['condition', settings.asked ? 'the garment, beside the noise and in the discriminator by projection' : 'none'],
    ['loss', lossInWords(settings.loss)],
    [
      'optimizers',
      `Adam, learning rates ${settings.learningRates.join(' and ')}, beta1 0.5, beta2 0.999, epsilon 1e-7`,
    ],
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

function lossInWords(loss: Loss): string {
  return 'smoothing' in loss
    ? `non-saturating, one-sided label smoothing ${loss.smoothing}`
    : `relativistic pairing, R1 and R2 of weight ${loss.weight} in every ${loss.every}th step`;
}

function layers(sizes: Sizes): string {
  return 'hidden' in sizes
    ? `dense layers ${sizes.hidden.join(', ')}`
    : `convolutions with ${sizes.filters.join(', ')} filters`;
}
