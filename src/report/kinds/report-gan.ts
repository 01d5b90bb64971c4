import type { Finding, GanReport } from '../../gan/watching/gan-observer.js';
import { refuse, requireFilled } from '../../internal/require.js';
import { lineChart } from '../charts/line-chart.js';
import { requireParts } from '../page/check-report.js';
import { factTable } from '../parts/data-table.js';
import { paragraph } from '../parts/paragraph.js';
import type { Report, ReportPart } from '../parts/report.js';
import { shownNumber } from '../parts/shown.js';
import { requireFields } from './require-fields.js';

/**
 * A GAN's run as a report: losses, what the discriminator believes, penalties and validation over the steps, what observers
 * found, and where the run ended.
 *
 * @param history - Of `trainGan`, or its reports so far; one or more.
 * @param pictures - Parts that show samples, such as {@link picture} makes: nothing else tells how good they are. Default: none.
 * @returns The report, for {@link reportPage} and {@link formatReport}.
 * @throws RangeError when `history` is no list of reports of a GAN, or is empty.
 * @example
 * const { history } = await trainGan({ ...options, reportEvery: 1 });
 * reportGan(history).title; // 'A GAN after 2 steps'
 */
export function reportGan(history: readonly GanReport[], pictures: readonly ReportPart[] = []): Report {
  const where = 'reportGan';
  if (!Array.isArray(history)) refuse(where, 'history', 'be an array of reports', history);
  requireFilled(where, 'history', history);
  for (const [place, report] of history.entries()) {
    requireFields(where, `history[${place}]`, report, ['step', 'losses', 'realScore', 'fakeScore'], 'trainGan');
  }
  requireParts(where, 'pictures', pictures);
  const last = history.at(-1)!;
  const findings = history.flatMap((report) =>
    (report.findings ?? []).map((finding: Finding) => ({ step: report.step, ...finding })),
  );
  return {
    title: `A GAN after ${shownNumber(last.step)} steps`,
    ...(last.stopped !== undefined && { lead: `Stopped: ${last.stopped}.` }),
    sections: [
      ...(pictures.length > 0 ? [{ heading: 'Samples', parts: pictures }] : []),
      { heading: 'Curves', parts: curvesOf(history) },
      { heading: 'What was found', parts: findingsOf(findings) },
      { heading: 'Where it ended', parts: [factTable(factsOf(last, history.length))] },
    ],
  };
}

function curvesOf(history: readonly GanReport[]): ReportPart[] {
  const steps = history.map(({ step }) => step);
  const last = history.at(-1)!;
  const penalties = [...new Set(history.flatMap((report) => Object.keys(report.penalties ?? {})))].slice(0, 4);
  const measured = history.filter(({ validation }) => validation !== undefined);
  return [
    lineChart({
      title: 'Losses',
      description: `At the end discriminator ${shownNumber(last.losses.discriminator)}, generator ${shownNumber(last.losses.generator)}.`,
      caption:
        'Losses. They do not measure how good samples are: each network is measured against an opponent that changes.',
      steps,
      series: [
        { name: 'discriminator', values: history.map(({ losses }) => losses.discriminator) },
        { name: 'generator', values: history.map(({ losses }) => losses.generator) },
      ],
    }),
    lineChart({
      title: 'What the discriminator believes',
      description: `At the end ${shownNumber(last.realScore)} for real samples and ${shownNumber(last.fakeScore)} for generated ones.`,
      caption: 'Mean probability of being real. Where both lie at 0.5, real and generated samples are not told apart.',
      steps,
      series: [
        { name: 'D(x), real', values: history.map(({ realScore }) => realScore) },
        { name: 'D(G(z)), drawn', values: history.map(({ fakeScore }) => fakeScore) },
      ],
      top: 1,
      mark: 0.5,
    }),
    ...penalties.map((name) => penaltyCurve(name, history)),
    ...(measured.length === 0 ? [] : [validationCurve(measured)]),
  ];
}

// Computed at some steps only, where they are expensive.
function penaltyCurve(name: string, history: readonly GanReport[]): ReportPart {
  const computed = history.filter(({ penalties }) => penalties?.[name] !== undefined);
  const values = computed.map(({ penalties }) => penalties![name]!);
  return lineChart({
    title: `Penalty ${name}`,
    description: `Without its weight; at the end ${shownNumber(values.at(-1)!)}.`,
    steps: computed.map(({ step }) => step),
    series: [{ name, values }],
  });
}

function validationCurve(measured: readonly GanReport[]): ReportPart {
  const values = measured.map(({ validation }) => validation!);
  const { bestValue, bestAt } = values.at(-1)!;
  return lineChart({
    title: 'Validation',
    description: `The best value is ${shownNumber(bestValue)}, at step ${shownNumber(bestAt)}.`,
    steps: measured.map(({ step }) => step),
    series: [{ name: 'value', values: values.map(({ value }) => value) }],
  });
}

function findingsOf(findings: readonly (Finding & { readonly step: number })[]): ReportPart[] {
  if (findings.length === 0)
    return [paragraph('Nothing was found, or nobody looked: `observers: [ganDoctor()]` does.')];
  return findings.map(({ step, verdict, evidence, remedy }) =>
    paragraph(`Step ${shownNumber(step)}, ${verdict}: ${evidence} ${remedy}`),
  );
}

function factsOf(last: GanReport, reports: number): (readonly [string, string | number])[] {
  return [
    ['steps', `${shownNumber(last.step)} of ${shownNumber(last.totalSteps)}`],
    ['reports', reports],
    ['samples a second', shownNumber(Math.round(last.samplesPerSecond))],
    ['loss of the discriminator', last.losses.discriminator],
    ['loss of the generator', last.losses.generator],
    ['D(x)', last.realScore],
    ['D(G(z))', last.fakeScore],
  ];
}
