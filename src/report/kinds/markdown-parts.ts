import { dataTable } from '../parts/data-table.js';
import { paragraph } from '../parts/paragraph.js';
import type { ReportPart } from '../parts/report.js';

/** Text for people, as `formatRanking` and its like write it, as parts of a report: tables of Markdown, and a paragraph for each other line. */
export function markdownParts(text: string): ReportPart[] {
  const parts: ReportPart[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    if (!lines[at]!.startsWith('|')) {
      if (lines[at]!.trim() !== '') parts.push(paragraph(lines[at]!));
      continue;
    }
    const end = lines.findIndex((line, place) => place > at && !line.startsWith('|'));
    const block = lines.slice(at, end === -1 ? undefined : end);
    parts.push(tableOf(block.map(cellsOf)));
    at += block.length - 1;
  }
  return parts;
}

// The second line says at which side the cells stand.
function tableOf([head = [], sides = [], ...rows]: readonly string[][]): ReportPart {
  return dataTable({ columns: head.map((name, at) => ({ name, isNumber: sides[at]?.endsWith(':') ?? false })), rows });
}

function cellsOf(line: string): string[] {
  const cells = line
    .replace(/^\|\s*/, '')
    .replace(/\s*\|\s*$/, '')
    .split(/(?<!\\)\|/);
  return cells.map((cell) => cell.trim().replaceAll('\\|', '|'));
}
