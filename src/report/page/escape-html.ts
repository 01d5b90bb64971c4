import { plainText } from '../../internal/describe.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it letter by letter, in elements and in quoted attributes: names and ids come from data. */
export function escapeHtml(text: string): string {
  return oneLine(text).replace(/[&<>"']/g, (letter) => entities[letter]!);
}

/** Text on one line, without what moves a terminal's cursor. */
export function oneLine(text: string): string {
  const plain = text.replace(/\s+/g, ' ');
  return plainText(plain, plain.length);
}

/** A name that fits beside a chart. */
export function shortened(name: string, most: number): string {
  const letters = [...name];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : name;
}
