import { refuse } from '../../internal/require.js';

/**
 * Refuses bytes that begin as no text does, or as text in another encoding does: with its byte order mark, or with the zero
 * bytes that letters have in it. Read in the wrong encoding, such bytes would give text, and nonsense.
 *
 * @param bytes - The first of the source, four or more if it has as many.
 */
export function requireTextBytes(where: string, bytes: Uint8Array, encoding: string): void {
  const kind = kindOf(bytes);
  if (kind !== undefined) refuse(where, 'source', 'be a text of rows', `bytes that begin as ${kind} does`);
  const seen = encodingOf(bytes);
  if (seen !== undefined && seen.encoding !== encoding) {
    refuse(where, 'encoding', `be '${seen.encoding}', because the bytes begin with ${seen.because}`, encoding);
  }
}

function kindOf(bytes: Uint8Array): string | undefined {
  if (begins(bytes, [0x1f, 0x8b])) return 'a gzip file (decompress it first, or use readTableFile of minimart/node)';
  if (begins(bytes, [0x50, 0x4b, 3, 4])) return 'an Excel workbook or a zip file (save it as CSV)';
  if (begins(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return 'an old Excel workbook (save it as CSV)';
  return undefined;
}

function encodingOf(bytes: Uint8Array): { readonly encoding: string; readonly because: string } | undefined {
  const mark = 'its byte order mark';
  if (begins(bytes, [0xff, 0xfe, 0, 0])) return { encoding: 'utf-8', because: 'the byte order mark of utf-32' };
  if (begins(bytes, [0xef, 0xbb, 0xbf])) return { encoding: 'utf-8', because: mark };
  if (begins(bytes, [0xff, 0xfe])) return { encoding: 'utf-16le', because: mark };
  if (begins(bytes, [0xfe, 0xff])) return { encoding: 'utf-16be', because: mark };
  const [first, second, third, fourth] = bytes;
  const zeros = 'letters of two bytes, of which one is zero';
  if (first && second === 0 && third && fourth === 0) return { encoding: 'utf-16le', because: zeros };
  if (first === 0 && second && third === 0 && fourth) return { encoding: 'utf-16be', because: zeros };
  return undefined;
}

function begins(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, place) => bytes[place] === byte);
}
