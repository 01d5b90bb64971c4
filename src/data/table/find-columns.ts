import { plainText } from '../../internal/describe.js';
import { refuse } from '../../internal/require.js';
import { delimiterHint } from './row-reader.js';

/** The place of each wanted column in a header. */
export function findColumns(
  where: string,
  wanted: readonly string[],
  header: readonly string[],
  delimiter: string,
): number[] {
  const names = header.map((name) => name.trim());
  return wanted.map((name) => {
    const place = names.indexOf(name.trim());
    if (place < 0) {
      const cut = header.length === 1 ? delimiterHint(header, 2, delimiter) : '';
      const hint = cut || nameHint(name, names);
      refuse(where, 'columns', `name columns that are there (${quoted(names)})${hint}`, name);
    }
    if (names.indexOf(name.trim(), place + 1) >= 0) {
      refuse(where, 'columns', `name columns that are there once (${quoted(names)})`, name);
    }
    return place;
  });
}

// A question where a name differs in nothing but case, blanks and signs.
function nameHint(wanted: string, names: readonly string[]): string {
  const bare = (name: string) => name.toLowerCase().replace(/[^\p{L}\d]/gu, '');
  const like = bare(wanted) === '' ? undefined : names.find((name) => bare(name) === bare(wanted));
  return like === undefined ? '' : ` (is it '${plainText(like, 40)}'?)`;
}

// As many as a message has room for.
function quoted(names: readonly string[]): string {
  let text = '';
  for (const [index, name] of names.entries()) {
    if (text.length > 240) return `${text} and ${names.length - index} more`;
    text += `${index === 0 ? '' : ', '}'${plainText(name, 40)}'`;
  }
  return text;
}
