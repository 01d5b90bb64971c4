import type { Certificate } from '../../rl/certify/certificate.js';
import { barChart, type ReportBar } from '../charts/bar-chart.js';
import { dataTable } from '../parts/data-table.js';
import { paragraph } from '../parts/paragraph.js';
import type { Report, ReportPart } from '../parts/report.js';
import { shownEstimate, shownNumber } from '../parts/shown.js';
import { requireFields } from './require-fields.js';

/**
 * A certificate as a report: what the policy, its rivals and the optimum cost as bars, how customers fared, and the gaps in words.
 *
 * @param certificate - Of `certifyPolicy`.
 * @returns The report, for {@link reportPage} and {@link formatReport}.
 * @throws RangeError when it is no certificate.
 * @example
 * const environment = inventoryEnvironment({ demand: poissonDemand(3), holding: 1, penalty: 9 });
 * const policy = baseStockPolicy({ level: 6 });
 * const certificate = await certifyPolicy({ policy, environment, episodes: 2, seed: 1 });
 * reportCertificate(certificate).sections.map(({ heading }) => heading); // ['cost per period', 'How customers fare', 'In words']
 */
export function reportCertificate(certificate: Certificate): Report {
  const fields = ['measure', 'policy', 'rivals', 'episodes', 'table'];
  requireFields('reportCertificate', 'certificate', certificate, fields, 'certifyPolicy');
  const { measure, policy, rivals, optimum } = certificate;
  const rows = [policy, ...rivals];
  const bars: ReportBar[] = [
    ...rows.map((row, place) => ({ name: row.name, value: row.value, interval: row.interval, isMark: place > 0 })),
    ...(optimum === undefined ? [] : [{ name: 'optimum', value: optimum, isMark: true }]),
  ];
  const better = measure === 'cost per period' ? 'Lower is better.' : 'Higher is better.';
  const description = bars.map((bar) => `${bar.name} ${shownEstimate(bar)}`).join(', ');
  const services = rows.filter(({ service }) => service !== undefined);
  return {
    title: `What ${policy.name} is worth`,
    sections: [
      {
        heading: measure,
        parts: [
          barChart({ title: measure, description: `${description}.`, caption: `${measure}. ${better}`, bars, measure }),
        ],
      },
      ...(services.length > 0 ? [{ heading: 'How customers fare', parts: [serviceTable(services)] }] : []),
      { heading: 'In words', parts: sentencesOf(certificate) },
    ],
  };
}

function serviceTable(rows: readonly Certificate['policy'][]): ReportPart {
  const names = ['fill rate', 'stock-outs', 'mean stock', 'mean order', 'thrown away'];
  const columns = [{ name: 'policy' }, ...names.map((name) => ({ name, isNumber: true }))];
  const cells = rows.map(({ name, service }) => {
    const { fillRate, fillRateInterval, stockOuts, meanStock, meanOrder, meanWaste } = service!;
    const fill = shownEstimate({ value: fillRate, interval: fillRateInterval });
    return [name, fill, ...[stockOuts, meanStock, meanOrder, meanWaste].map(shownNumber)];
  });
  return dataTable({ columns, rows: cells });
}

// What stands under the table of a certificate.
function sentencesOf({ table }: Certificate): ReportPart[] {
  const [, ...rest] = table.split('\n\n');
  return rest
    .join('\n')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => paragraph(line));
}
