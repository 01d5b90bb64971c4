import { refuse } from '../../internal/require.js';

/** The place of each wanted column in a header. */
export function findColumns(where: string, wanted: readonly string[], header: readonly string[]): number[] {
  const names = header.map((name) => name.trim());
  return wanted.map((name) => {
    const place = names.indexOf(name);
    if (place < 0) refuse(where, 'columns', `name columns that are there (${quoted(names)})`, name);
    if (names.indexOf(name, place + 1) >= 0) refuse(where, 'columns', 'name columns that are there once', name);
    return place;
  });
}

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 30).map((name) => `'${name}'`);
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}
