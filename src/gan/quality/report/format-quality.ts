import type { Score } from '../metrics/measure-options.js';
import type { QualityName, QualityReport, QualityScore } from './quality-report.js';

/**
 * Writes a report as text for people: a Markdown table of the scores with their intervals and floors, and beneath it what is
 * worth knowing.
 *
 * @param report - Of {@link evaluateSamples}.
 * @returns Markdown, no line break at its end.
 * @example
 * const generated = await sampleGan(generator, 64, { seed: 1 });
 * const report = await evaluateSamples({ real: images, generated });
 * formatQuality(report).split('\n')[0]; // '64 generated samples against 128 real ones, in the numbers themselves (16).'
 */
export function formatQuality(report: Omit<QualityReport, 'table'>): string {
  const { samples, scores, featureName, featureSize } = report;
  const hasFloor = samples.heldOut > 0;
  const head = ['score', 'generated', ...(hasFloor ? ['real against real'] : []), 'best'];
  const rows = (Object.entries(scores) as [QualityName, QualityScore][]).map(([name, score]) => [
    labels[name].text,
    shown(score),
    ...(hasFloor ? [score.floor ? shown(score.floor) : ''] : []),
    labels[name].best,
  ]);
  return [
    `${count(samples.generated)} generated samples against ${count(samples.real)} real ones, in ${featureName} (${featureSize}).`,
    '',
    ...[head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows].map(line),
    '',
    ...notes(report),
  ].join('\n');
}

const labels: Readonly<Record<QualityName, { readonly text: string; readonly best: string }>> = {
  frechetDistance: { text: 'Fréchet distance', best: 'lower' },
  kernelDistance: { text: 'kernel distance', best: 'lower' },
  slicedWasserstein: { text: 'sliced Wasserstein distance', best: 'lower' },
  precision: { text: 'precision', best: 'higher' },
  recall: { text: 'recall', best: 'higher' },
  density: { text: 'density', best: 'higher' },
  coverage: { text: 'coverage', best: 'higher' },
  diversity: { text: 'mean distance of two samples', best: 'as real' },
  duplicates: { text: 'batches with duplicates', best: 'as real' },
  nearestReal: { text: 'distance to the nearest real sample', best: 'as real' },
  copied: { text: 'nearer to a real sample than 99% of held-out ones', best: '0.01' },
  inceptionScore: { text: 'Inception score by the classifier', best: 'higher' },
};

function notes({ samples, classes, scores, featureSize }: Omit<QualityReport, 'table'>): string[] {
  const found = ['In brackets: 95% intervals. Values compare only in the same features and with as many samples.'];
  if (samples.heldOut === 0) found.push('No floor: give `heldOut` real samples to see what can be reached.');
  else if (samples.heldOut < samples.generated) {
    found.push(
      `The floor was measured with ${count(samples.heldOut)} samples only, which makes distances to the real ones greater.`,
    );
  }
  const dimensions = scores.frechetDistance?.dimensions ?? featureSize;
  if (dimensions < featureSize) {
    found.push(`The Fréchet distance was measured in ${count(dimensions)} random directions.`);
  }
  if (classes) found.push(`Generated samples by class: ${classes.map(count).join(', ')}.`);
  return found;
}

function shown({ value, interval: [low, high] }: Score): string {
  return Number.isNaN(low) ? digits(value) : `${digits(value)} (${digits(low)} to ${digits(high)})`;
}

// Four digits, however large the features are.
function digits(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return value.toFixed(size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4);
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
