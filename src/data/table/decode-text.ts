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
  /** Stops the load. */
  readonly signal?: AbortSignal;
}

// Few enough to decode and read without holding the event loop.
const longestPart = 2 ** 16;

/** The text of a source piece by piece; `lastLine` says in which line the pieces given so far end. */
export async function* textOf(
  where: string,
  source: TextSource,
  options: DecodingOptions,
  lastLine: () => number,
): AsyncGenerator<string> {
  const decoder = createDecoder(where, options);
  function* passOn(bytes: Uint8Array | undefined): Generator<string> {
    const { text, fault } = decoder.decode(bytes);
    yield text;
    if (fault !== undefined) refuse(where, 'encoding', fault(lastLine()), options.encoding ?? 'utf-8');
  }
  for await (const piece of piecesOf(where, source, options.signal)) {
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
  // The last bytes before, among which a character may have begun.
  let before = new Uint8Array(0);

  function decodePart(bytes: Uint8Array, isLast: boolean): Decoded {
    try {
      const text = decoder.decode(bytes, { stream: !isLast });
      position += bytes.length;
      before = isLast ? new Uint8Array(0) : joined(before, bytes.subarray(-3)).slice(-3);
      return { text };
    } catch {
      const all = joined(before, bytes);
      return locateFault(all, position - before.length, decoder.encoding);
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

// `bytes` begin at `position` of the source, perhaps within a character that was decoded before.
function locateFault(bytes: Uint8Array, position: number, encoding: string): Decoded {
  if (encoding !== 'utf-8') {
    const rule = `be that of the bytes: some of bytes ${position} to ${position + bytes.length} stand for no character`;
    return { text: '', fault: (line) => `${rule} (line ${line} or later)` };
  }
  const start = characterStart(bytes);
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

// Behind the last bytes of a character that began before.
function characterStart(bytes: Uint8Array): number {
  let start = 0;
  while (start < 3 && start < bytes.length && bytes[start]! >= 0x80 && bytes[start]! < 0xc0) start += 1;
  return start;
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
  const before = text(Math.max(0, place - 16), place)
    .split(/[\r\n]/)
    .at(-1)!;
  const after = text(place, place + 16).split(/[\r\n]/)[0]!;
  return `'${plainText(before + after, 40)}'`;
}
