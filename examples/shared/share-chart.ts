import { escapeHtml } from './page.js';

/** Shares of some groups, of real rows beside virtual ones. */
export interface ShareChart {
  readonly title: string;
  /** One sentence for those who do not see it. */
  readonly description: string;
  readonly groups: readonly { readonly name: string; readonly real: number; readonly virtual: number }[];
}

const width = 350;
const height = 200;
const plot = { left: 34, right: width - 8, top: 10, bottom: height - 58 };

const style = `
.shares{font:11px system-ui,sans-serif;--ink:#1d232b;--real:#8a94a0;--virtual:#1763ae}
@media(prefers-color-scheme:dark){.shares{--ink:#e6eaf0;--real:#707b88;--virtual:#7cb7f2}}
.shares text{fill:var(--ink)}.shares .real{fill:var(--real)}.shares .virtual{fill:var(--virtual)}
.shares line{stroke:var(--ink);stroke-opacity:.4}`;

/** Draws two bars for each group as an SVG: grey for real, blue for virtual. */
export function shareChart({ title, description, groups }: ShareChart): string {
  const highest = Math.max(1e-9, ...groups.flatMap(({ real, virtual }) => [real, virtual]));
  const step = (plot.right - plot.left) / Math.max(1, groups.length);
  const bars = groups.flatMap(({ name, real, virtual }, place) => {
    const start = plot.left + place * step;
    const middle = start + step / 2;
    const bar = (kind: string, share: number, from: number) => {
      const tall = ((plot.bottom - plot.top) * share) / highest;
      return `<rect class="${kind}" x="${from.toFixed(1)}" y="${(plot.bottom - tall).toFixed(1)}" width="${(0.4 * step).toFixed(1)}" height="${tall.toFixed(1)}"><title>${escapeHtml(name)}, ${kind}: ${(100 * share).toFixed(1)} %</title></rect>`;
    };
    const isCrowded = groups.length > 7;
    const turn = isCrowded ? ` transform="rotate(-45 ${middle.toFixed(1)} ${plot.bottom + 12})"` : '';
    const label = `<text x="${middle.toFixed(1)}" y="${plot.bottom + 14}" text-anchor="${isCrowded ? 'end' : 'middle'}"${turn}>${escapeHtml(shortened(name))}</text>`;
    return [bar('real', real, start + 0.08 * step), bar('virtual', virtual, start + 0.5 * step), label];
  });
  const base = `<line x1="${plot.left}" x2="${plot.right}" y1="${plot.bottom}" y2="${plot.bottom}"/>`;
  return (
    `<svg class="chart shares" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">` +
    `<title>${escapeHtml(title)}</title><desc>${escapeHtml(description)}</desc><style>${style}</style>${bars.join('')}${base}</svg>`
  );
}

const shortened = (name: string) => (name.length > 11 ? `${name.slice(0, 10)}…` : name);
