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
      const hint = header.length === 1 ? delimiterHint(header, 2, delimiter) : '';
      refuse(where, 'columns', `name columns that are there (${quoted(names)})${hint}`, name);
    }
    if (names.indexOf(name.trim(), place + 1) >= 0) {
      refuse(where, 'columns', `name columns that are there once (${quoted(names)})`, name);
    }
    return place;
  });
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
