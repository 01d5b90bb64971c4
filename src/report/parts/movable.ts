import { escapeHtml } from '../page/escape-html.js';

/**
 * Opens a box that is moved sideways, by keyboard too, where its content is wider than the page. A group, not a landmark:
 * a page may have many, and two of one name.
 */
export function movable(name: string): string {
  return `<div class="scroll" role="group" aria-label="${escapeHtml(name)}" tabindex="0">`;
}
