import { plainText } from '../../internal/describe.js';
import { refuse } from '../../internal/require.js';
import { requireTextBytes } from './text-signature.js';
import { piecesOf, type TextSource } from './text-source.js';

/** How bytes become text. */
export interface DecodingOptions {
  /** How bytes stand for letters, such as `'windows-1252'`, which Excel writes. Default `'utf-8'`. */
  readonly encoding?: string;
  /**
   * What becomes of bytes that stand for nothing in the encoding: an error that says where they are, or the character
   * U+FFFD for each, which the report counts as `lostCharacters`. Default `'throw'`, because two different ids may become
   * one by that.
   */
  readonly badBytes?: 'throw' | 'replace';
  /**
   * Most bytes that the source may give, decompressed where a reader decompresses; of text, most characters. What gives more is
   * refused there: a compressed file of a few megabytes can hold gigabytes. Default 1,073,741,824 (1 GiB) for one table, and
   * 17,179,869,184 (16 GiB) for a stream of tables, which needs memory for one at a time.
   */
  readonly maxBytes?: number;
  /** Stops the load. */
  readonly signal?: AbortSignal;
}

// Few enough to decode and read without holding the event loop.
const longestPart = 2 ** 16;

// Bytes beside a faulty one that a message shows.
const shown = 16;

/** The text of a source piece by piece; `lastLine` says in which line the pieces given so far end. */
export async function* textOf(
  where: string,
  source: TextSource,
  options: DecodingOptions & { readonly maxBytes: number },
  lastLine: () => number,
): AsyncGenerator<string> {
  const decoder = createDecoder(where, options);
  function* passOn(bytes: Uint8Array | undefined): Generator<string> {
    const { text, fault } = decoder.decode(bytes);
    yield text;
    if (fault !== undefined) refuse(where, 'encoding', fault(lastLine()), options.encoding ?? 'utf-8');
  }
  let taken = 0;
  for await (const piece of piecesOf(where, source, options.signal)) {
    taken += piece.length;
    if (taken > options.maxBytes) {
      const rule = `be as many as the source gives, if it is to be trusted: line ${lastLine()} is not the last`;
      refuse(where, 'maxBytes', rule, options.maxBytes);
    }
    if (typeof piece === 'string') {
      yield* passOn(undefined);
      yield piece;
      continue;
    }
    for (let at = 0; at < piece.length; at += longestPart) yield* passOn(piece.subarray(at, at + longestPart));
  }
  yield* passOn(undefined);
}

interface Decoded {
  readonly text: string;
  /** What is wrong with the bytes behind it, in that line. */
  readonly fault?: (line: number) => string;
}

interface Decoder {
  /** The text of bytes that follow those before; `undefined` says that none follow. */
  decode(bytes: Uint8Array | undefined): Decoded;
}

function createDecoder(where: string, { encoding = 'utf-8', badBytes = 'throw' }: DecodingOptions): Decoder {
  const decoder = startDecoder(where, encoding, badBytes === 'throw');
  let position = 0;
  // The first bytes, until there are enough to tell what they are.
  let head: Uint8Array | undefined = new Uint8Array(0);
  // The last bytes before: a character may have begun among them, and a message shows them.
  let before = new Uint8Array(0);

  function decodePart(bytes: Uint8Array, isLast: boolean): Decoded {
    try {
      const text = decoder.decode(bytes, { stream: !isLast });
      position += bytes.length;
      before = isLast ? new Uint8Array(0) : joined(before, bytes.subarray(-shown)).slice(-shown);
      return { text };
    } catch {
      const start = before.length - pendingLength(before);
      return locateFault(joined(before, bytes), start, position - before.length, decoder.encoding);
    }
  }

  return {
    decode(bytes) {
      if (!head) return decodePart(bytes ?? new Uint8Array(0), !bytes);
      head = joined(head, bytes ?? new Uint8Array(0));
      if (bytes && head.length < 4) return { text: '' };
      const first = head;
      head = bytes ? undefined : new Uint8Array(0);
      requireTextBytes(where, first, decoder.encoding);
      return decodePart(first, !bytes);
    },
  };
}

function startDecoder(where: string, encoding: string, fatal: boolean): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal });
  } catch {
    return refuse(where, 'encoding', 'name an encoding, such as `utf-8` or `windows-1252`', encoding);
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}

// `bytes` begin at `position` of the source; those from `start` on are not decoded yet.
function locateFault(bytes: Uint8Array, start: number, position: number, encoding: string): Decoded {
  if (encoding !== 'utf-8') {
    const range = `${position + start} to ${position + bytes.length}`;
    const rule = `be that of the bytes: some of bytes ${range} stand for no character`;
    return { text: '', fault: (line) => `${rule} (line ${line} or later)` };
  }
  const place = firstFault(bytes, start);
  const text = new TextDecoder().decode(bytes.subarray(start, place));
  const code = `0x${(bytes[place] ?? 0).toString(16).padStart(2, '0')}`;
  const isEnd = place + 4 > bytes.length && bytes.subarray(place + 1).every((byte) => byte >= 0x80 && byte < 0xc0);
  const cut = isEnd ? 'the source ends within a character, or' : 'this byte does not fit:';
  return {
    text,
    fault: (line) =>
      `be that of the bytes: byte ${position + place} (${code}, line ${line}) is not utf-8; ${cut} ` +
      `it is 'windows-1252' (Latin-1, as Excel writes), which reads ${excerpt(bytes, place)}`,
  };
}

// How many bytes at the end are the beginning of a character: one that begins with 110, 1110 or 11110 in binary has two,
// three or four bytes (RFC 3629).
function pendingLength(bytes: Uint8Array): number {
  for (let length = 1; length <= 3 && length <= bytes.length; length += 1) {
    const byte = bytes[bytes.length - length]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return length < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? length : 0;
  }
  return 0;
}

// The first bytes that become U+FFFD and are not U+FFFD itself.
function firstFault(bytes: Uint8Array, start: number): number {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start));
  const encoder = new TextEncoder();
  let place = start;
  let last = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', last)) {
    place += encoder.encode(text.slice(last, at)).length;
    const isItself = bytes[place] === 0xef && bytes[place + 1] === 0xbf && bytes[place + 2] === 0xbd;
    if (!isItself) return place;
    place += 3;
    last = at + 1;
  }
  return bytes.length;
}

function excerpt(bytes: Uint8Array, place: number): string {
  const text = (from: number, to: number) => new TextDecoder('windows-1252').decode(bytes.subarray(from, to));
  const before = text(Math.max(0, place - shown), place)
    .split(/[\r\n]/)
    .at(-1)!;
  const after = text(place, place + shown).split(/[\r\n]/)[0]!;
  return `'${plainText(before + after, 40)}'`;
}
