import type { Report, ReportSection } from '../parts/report.js';
import { requireReport } from './check-report.js';
import { escapeHtml } from './escape-html.js';
import { pageStyle } from './page-style.js';

// Nothing is loaded and no script runs, whatever a part holds.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/**
 * Writes a report as one HTML page that needs no other file: pictures and charts are in it, beside each chart its numbers, light
 * or dark as the reader's system is.
 *
 * Titles and headings are shown letter by letter. The page forbids scripts and loading by its Content-Security-Policy.
 *
 * @param report - What {@link reportGan} and its like make, or one of your own.
 * @returns The page, for a file or a browser.
 * @throws RangeError when the report is none, or has something else than its type says.
 * @example
 * const page = reportPage({ title: 'Tea & mugs', sections: [{ heading: 'Sold', parts: [paragraph('12 <b>pots</b>')] }] });
 * page.includes('<h1>Tea &amp; mugs</h1>'); // true
 * page.includes('12 &lt;b&gt;pots'); // true
 */
export function reportPage(report: Report): string {
  requireReport('reportPage', report);
  const { title, lead, sections, footer } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
${lead ? `<p class="lead">${escapeHtml(lead)}</p>` : ''}
</header>
<main>
${sections.map(sectionHtml).join('\n')}
</main>
${footer ? `<footer><p>${escapeHtml(footer)}</p></footer>` : ''}
</body>
</html>
`;
}

function sectionHtml({ heading, parts }: ReportSection): string {
  return `<section>\n<h2>${escapeHtml(heading)}</h2>\n${parts.map(({ html }) => html).join('\n')}\n</section>`;
}
