import { requireText } from '../../internal/require.js';
import { escapeHtml, oneLine } from '../page/escape-html.js';
import { type DataTable, labelledTable } from '../parts/data-table.js';
import { movable } from '../parts/movable.js';
import type { ReportPart } from '../parts/report.js';

/** A chart as a part of a report. */
export interface ReportChart extends ReportPart {
  /** The chart alone, as an SVG file that needs no other. */
  readonly svg: string;
}

/** What all charts say of themselves. */
export interface ChartWords {
  /** What it shows, in a few words. */
  readonly title: string;
  /** What is to be seen on it, in a sentence, for those who do not see it. */
  readonly description: string;
  /** What stands under it. Default: the title. */
  readonly caption?: string;
}

/** Looks that charts share, and their colours by day and by night. */
export const chartStyle = `
.chart{font:13px system-ui,sans-serif;--ink:#1d232b;--grid:#d9dee5;--c0:#1763ae;--c1:#b4490a;--c2:#2d7a3e;--c3:#7d3fa0;--mark:#8a94a0}
@media(prefers-color-scheme:dark){.chart{--ink:#e6eaf0;--grid:#39414c;--c0:#7cb7f2;--c1:#f0a06a;--c2:#83cf94;--c3:#cfa2ec;--mark:#707b88}}
.chart text{fill:var(--ink)}.chart .grid{stroke:var(--grid)}.chart .ink{stroke:var(--ink);stroke-width:1.5}
.chart .mark{fill:var(--mark)}.chart .b0{fill:var(--c0)}.chart .b1{fill:var(--c1)}.chart .b2{fill:var(--c2)}.chart .b3{fill:var(--c3)}`;

/** Refuses words of a chart that are none. */
export function requireWords(where: string, { title, description, caption = '' }: ChartWords): void {
  requireText(where, 'title', title);
  requireText(where, 'description', description);
  requireText(where, 'caption', caption);
}

/** How small a chart may become, so that its letters of 13 px stay above 10: on a phone a wide one is moved instead. */
const leastScale = 0.8;

/** Puts the drawn elements of a chart, its words and its numbers together. */
export function chartFigure(
  { title, description, caption = title }: ChartWords,
  { width, height, elements, style = '' }: ChartDrawing,
  table: DataTable,
): ReportChart {
  const numbers = labelledTable(table, `Numbers: ${title}`);
  const svg =
    `<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(`${title}. ${description}`)}">` +
    `<title>${escapeHtml(title)}</title><desc>${escapeHtml(description)}</desc><style>${chartStyle}${style}</style>${elements.join('')}</svg>`;
  const below = `<details><summary>Numbers: ${escapeHtml(title)}</summary>${numbers.html}</details>`;
  return {
    svg,
    html: `<figure>${movable(title)}<div style="min-width:${Math.round(leastScale * width)}px">${svg}</div></div><figcaption>${escapeHtml(caption)}</figcaption>${below}</figure>`,
    text: `${oneLine(caption)}\n${numbers.text}`,
  };
}

/** What was drawn, in units of the picture. */
export interface ChartDrawing {
  readonly width: number;
  readonly height: number;
  /** Elements of SVG; text in them is escaped already. */
  readonly elements: readonly string[];
  readonly style?: string;
}
