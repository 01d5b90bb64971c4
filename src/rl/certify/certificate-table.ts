import type { Estimate } from '../../statistics/estimate.js';
import type { Certificate, CertificateRow, Gap } from './certificate.js';

/** A certificate as text: a line for each policy, then the gaps in words. */
export function certificateTable(certificate: Omit<Certificate, 'table'>): string {
  const { policy, rivals, measure } = certificate;
  const rows = [policy, ...rivals];
  const hasExact = rows.some(({ exact }) => exact !== undefined);
  const hasService = rows.some(({ service }) => service !== undefined);
  const hasEpisodes = certificate.episodes > 0;
  const head = ['policy', ...(hasEpisodes ? [measure, '95% interval'] : []), ...(hasExact ? ['exact'] : [])];
  const cells = rows.map((row) => [
    row.name,
    ...(hasEpisodes ? [fixed(row.value), range(row)] : []),
    ...(hasExact ? [row.exact === undefined ? '–' : fixed(row.exact)] : []),
    ...(hasService ? serviceCells(row) : []),
  ]);
  return [
    aligned([[...head, ...(hasService ? ['fill rate', 'stock-outs'] : [])], ...cells]),
    '',
    ...sentences(certificate),
  ].join('\n');
}

function serviceCells({ service }: CertificateRow): string[] {
  return service ? [percent(service.fillRate * 100), percent(service.stockOuts * 100)] : ['–', '–'];
}

function sentences({
  policy,
  best,
  gapToBest,
  optimum,
  gapToOptimum,
  episodes,
  steps,
  seed,
  measure,
}: Omit<Certificate, 'table'>): string[] {
  const lines: string[] = [];
  if (best && gapToBest) lines.push(`${policy.name} is ${inWords(gapToBest)} ${best.name}, the best of the others.`);
  if (optimum !== undefined) {
    const words = gapToOptimum
      ? `${policy.name} is ${inWords(gapToOptimum)} it.`
      : 'these episodes are too short, or begin too well, to be compared with it.';
    lines.push(`The optimum is ${fixed(optimum)} ${measure}; ${words}`);
  }
  if (episodes === 1) lines.push(`One episode of ${steps} steps, seed ${seed}: no interval can be given.`);
  if (episodes > 1)
    lines.push(`${episodes} episodes of ${steps} steps, the same for every policy, seeds from ${seed}.`);
  return lines;
}

function inWords({ value, interval: [low, high], unit }: Gap): string {
  const amount = (size: number) => (unit === 'percent' ? `${size.toFixed(2)}%` : size.toFixed(3));
  const reach = high > low && Number.isFinite(high) ? ` (${amount(low)} to ${amount(high)})` : '';
  if (reach && low < 0 && high > 0) return `not told apart${reach} from`;
  const least = unit === 'percent' ? 0.005 : 0.0005;
  return Math.abs(value) < least
    ? 'as good as'
    : `${amount(Math.abs(value))} ${value > 0 ? 'worse' : 'better'}${reach} than`;
}

function range({ interval: [low, high] }: Required<Estimate>): string {
  return Number.isFinite(high) ? `${fixed(low)} to ${fixed(high)}` : '–';
}

function fixed(value: number): string {
  return value.toFixed(Math.abs(value) >= 1000 ? 0 : 3);
}

function percent(value: number): string {
  return `${value.toFixed(1)}%`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  '),
    )
    .join('\n');
}
