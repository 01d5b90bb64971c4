import type { Report } from '../parts/report.js';
import { requireReport } from './check-report.js';
import { oneLine } from './escape-html.js';

/**
 * Writes a report as text for a terminal: headings underlined, charts as tables of their numbers.
 *
 * @param report - What {@link reportGan} and its like make, or one of your own.
 * @returns The text, no line break at its end.
 * @throws RangeError when the report is none, or has something else than its type says.
 * @example
 * const report = { title: 'Sales', sections: [{ heading: 'Sold', parts: [paragraph('12 pots')] }] };
 * formatReport(report).split('\n'); // ['Sales', '=====', '', 'Sold', '----', '', '12 pots']
 */
export function formatReport(report: Report): string {
  requireReport('formatReport', report);
  const { title, lead, sections, footer } = report;
  const blocks = [
    underlined(title, '='),
    ...(lead ? [oneLine(lead)] : []),
    ...sections.flatMap(({ heading, parts }) => [underlined(heading, '-'), ...parts.map(({ text }) => text)]),
    ...(footer ? [oneLine(footer)] : []),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function underlined(heading: string, mark: string): string {
  const line = oneLine(heading);
  return `${line}\n${mark.repeat([...line].length)}`;
}
