import { refuse, requireText } from '../../internal/require.js';
import { escapeHtml, oneLine } from '../page/escape-html.js';
import type { ReportPart } from './report.js';

/** A link within a {@link paragraph}. */
export interface ReportLink {
  /** What stands there. */
  readonly text: string;
  /** Where it leads: an address of https or http. */
  readonly url: string;
}

/**
 * Words as a part of a report, shown letter by letter; line breaks count as spaces.
 *
 * @param words - Text, or texts and links one after the other.
 * @returns The part.
 * @throws RangeError when a piece is neither text nor link, or a link leads to anything but a web address.
 * @example
 * paragraph('1 < 2').html; // '<p>1 &lt; 2</p>'
 * paragraph(['See ', { text: 'the paper', url: 'https://example.org' }]).text; // 'See the paper (https://example.org/)'
 */
export function paragraph(words: string | readonly (string | ReportLink)[]): ReportPart {
  const pieces = (typeof words === 'string' ? [words] : words).map(pieceOf);
  return {
    html: `<p>${pieces.map(({ html }) => html).join('')}</p>`,
    text: pieces.map(({ text }) => text).join(''),
  };
}

/**
 * A heading within a section, shown letter by letter.
 *
 * @param words - The heading.
 * @returns The part.
 * @throws RangeError when it is no text.
 * @example
 * subheading('Customer <7>').html; // '<h3>Customer &lt;7&gt;</h3>'
 */
export function subheading(words: string): ReportPart {
  requireText('subheading', 'words', words);
  return { html: `<h3>${escapeHtml(words)}</h3>`, text: oneLine(words) };
}

function pieceOf(piece: string | ReportLink, place: number): ReportPart {
  if (typeof piece === 'string') return { html: escapeHtml(piece), text: oneLine(piece) };
  const name = `words[${place}]`;
  if (typeof piece?.text !== 'string') refuse('paragraph', name, 'be a text or a link', piece);
  const url = URL.canParse(piece.url) ? new URL(piece.url) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    refuse('paragraph', `${name}.url`, 'be an address of https or http', piece.url);
  const text = `${oneLine(piece.text)} (${url.href})`;
  return { html: `<a href="${escapeHtml(url.href)}">${escapeHtml(piece.text)}</a>`, text };
}
