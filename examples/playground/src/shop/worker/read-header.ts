/** Enough of a file to see its header and some rows. */
const peek = 64 * 1024;

/** The cells of a file's first lines. Only for guesses: the library reads the file itself. */
export async function readHeader(file: File): Promise<string[][]> {
  const text = await file.slice(0, peek).text();
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .slice(0, 200);
  const first = lines[0] ?? '';
  const separators = [',', ';', '\t', '|'];
  const counts = separators.map((separator) => first.split(separator).length);
  const separator = separators[counts.indexOf(Math.max(...counts))]!;
  return lines.filter((line) => line !== '').map((line) => cellsOf(line, separator));
}

function cellsOf(line: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const letter of line) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === separator && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += letter;
  }
  return [...cells, cell];
}
