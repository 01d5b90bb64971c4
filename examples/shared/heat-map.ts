import { escapeHtml } from './page.js';

/** A picture of numbers in rows and columns. */
export interface HeatMap {
  readonly title: string;
  /** One sentence for those who do not see it. */
  readonly description: string;
  /** Names of rows and columns alike. */
  readonly names: readonly string[];
  /** By row and column; undefined for a cell that stays empty. */
  readonly value: (row: number, column: number) => number | undefined;
  /** The values that are drawn palest and darkest. */
  readonly range: readonly [pale: number, dark: number];
}

const cell = 62;
const left = 110;

const style = `
.heat{font:13px system-ui,sans-serif;--ink:#1d232b;--paper:#fff;--dark:#b4490a}
@media(prefers-color-scheme:dark){.heat{--ink:#e6eaf0;--paper:#1c2026;--dark:#f0a06a}}
.heat text{fill:var(--ink)}.heat .cell{fill:var(--dark)}.heat .back{fill:var(--paper);stroke:var(--ink);stroke-opacity:.15}`;

/** Draws a square heat map as an SVG; each cell says its number. */
export function heatMap({ title, description, names, value, range: [pale, dark] }: HeatMap): string {
  const width = left + cell * names.length + 8;
  const height = cell * names.length + 30;
  const parts: string[] = [];
  for (const [row, name] of names.entries()) {
    const middle = row * cell + cell / 2 + 4;
    parts.push(`<text x="${left - 8}" y="${middle}" text-anchor="end">${escapeHtml(name)}</text>`);
    parts.push(
      `<text x="${left + row * cell + cell / 2}" y="${height - 12}" text-anchor="middle">${escapeHtml(name)}</text>`,
    );
    for (const column of names.keys()) {
      const own = value(row, column);
      if (own === undefined) continue;
      const share = Math.min(1, Math.max(0, (own - pale) / (dark - pale)));
      const place = `x="${left + column * cell + 1}" y="${row * cell + 1}" width="${cell - 2}" height="${cell - 2}" rx="4"`;
      parts.push(`<rect class="back" ${place}/><rect class="cell" ${place} opacity="${(0.75 * share).toFixed(3)}"/>`);
      parts.push(
        `<text x="${left + column * cell + cell / 2}" y="${middle}" text-anchor="middle">${own.toFixed(3)}</text>`,
      );
    }
  }
  return (
    `<svg class="chart heat" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" style="max-width:${width}px">` +
    `<title>${escapeHtml(title)}</title><desc>${escapeHtml(description)}</desc><style>${style}</style>${parts.join('')}</svg>`
  );
}
