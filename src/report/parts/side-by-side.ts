import { requireParts } from '../page/check-report.js';
import type { ReportPart } from './report.js';

/**
 * Parts side by side where the page is wide enough, else one below the other.
 *
 * @param parts - The parts, from left to right.
 * @returns One part.
 * @throws RangeError when one of them is none.
 * @example
 * sideBySide([paragraph('left'), paragraph('right')]).text.split('\n'); // ['left', '', 'right']
 */
export function sideBySide(parts: readonly ReportPart[]): ReportPart {
  requireParts('sideBySide', 'parts', parts);
  return {
    html: `<div class="pair">\n${parts.map(({ html }) => html).join('\n')}\n</div>`,
    text: parts.map(({ text }) => text).join('\n\n'),
  };
}
