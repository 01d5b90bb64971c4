import { requireGivenOptions, requireOptions } from '../../internal/options.js';
import { refuse, requireText } from '../../internal/require.js';
import type { Report } from '../parts/report.js';

/** Refuses what is no report before any of it is written. */
export function requireReport(where: string, report: Report): void {
  requireGivenOptions(where, report, { title: true, lead: true, sections: true, footer: true }, 'report');
  const { title, lead = '', sections, footer = '' } = report;
  requireText(where, 'title', title);
  requireText(where, 'lead', lead);
  requireText(where, 'footer', footer);
  if (!Array.isArray(sections)) refuse(where, 'sections', 'be an array of sections', sections);
  for (const [place, section] of sections.entries()) {
    requireOptions(where, section, { heading: true, parts: true }, `sections[${place}]`);
    requireText(where, `sections[${place}].heading`, section?.heading);
    requireParts(where, `sections[${place}].parts`, section.parts);
  }
}

/** Refuses a list that holds what is no part of a report. */
export function requireParts(where: string, name: string, parts: unknown): void {
  if (!Array.isArray(parts)) refuse(where, name, 'be an array of parts', parts);
  for (const [place, part] of parts.entries()) {
    requireText(where, `${name}[${place}].html`, part?.html);
    requireText(where, `${name}[${place}].text`, part?.text);
  }
}
