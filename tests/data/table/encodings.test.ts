import { idColumn, parseTable, readTable, streamTable, type TextSource } from 'minimart';
import { describe, expect, test } from 'vitest';

const kinds = { name: idColumn() };
const utf8 = (text: string) => new TextEncoder().encode(text);
// ISO 8859-1: the byte of a character is its code.
const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf16 = (text: string, isBigEndian: boolean) =>
  Uint8Array.from(text, (character) => character.charCodeAt(0)).reduce<number[]>((bytes, code) => {
    bytes.push(...(isBigEndian ? [0, code] : [code, 0]));
    return bytes;
  }, []);
async function* oneByOne(bytes: Uint8Array) {
  for (const byte of bytes) yield Uint8Array.of(byte);
}
const namesOf = async (source: TextSource, options = {}) =>
  (await readTable(source, kinds, options)).columns.name.vocabulary.toJSON().ids;
const failureOf = async (source: TextSource, options = {}) => {
  const error: Error = await readTable(source, kinds, options).then(
    () => expect.fail('nothing was refused'),
    (reason) => reason,
  );
  return error.message;
};

describe('bytes that are not in the encoding', () => {
  const bytes = latin1('name\nKäse\nKöse\n');

  test('are refused with their place and what they look like, not made one id', async () => {
    // `name\n` is 5 bytes and `K` one: ä is byte 6, in line 2.
    const message =
      "readTable: `encoding` must be that of the bytes: byte 6 (0xe4, line 2) is not utf-8; this byte does not fit: it is 'windows-1252' (Latin-1, as Excel writes), which reads 'Käse', received 'utf-8' (string).";
    expect(await failureOf(bytes)).toBe(message);
    expect(await failureOf(oneByOne(bytes))).toContain('byte 6 (0xe4, line 2)');
    const stream = streamTable(bytes, kinds);
    await expect(stream.next()).rejects.toThrow('streamTable: `encoding` must be that of the bytes');
    expect(await namesOf(bytes, { encoding: 'windows-1252' })).toEqual(['Käse', 'Köse']);
  });

  test('are found far into a source, wherever it is cut', async () => {
    const good = `name\n${'Zoë\n'.repeat(50_000)}`;
    const place = utf8(good).length + 3;
    const source = Buffer.concat([utf8(good), latin1('Caf\xe9 1\n')]);
    // `good` has 50,001 lines; é stands behind `Caf`.
    expect(await failureOf(source)).toContain(`byte ${place} (0xe9, line 50002)`);
  });

  test('may be replaced, which is counted', async () => {
    const { columns, report } = await readTable(bytes, kinds, { badBytes: 'replace' });
    expect(columns.name.vocabulary.toJSON().ids).toEqual(['K\ufffdse']);
    expect(report.lostCharacters).toBe(2);
    expect(parseTable('name\nK\ufffdse\n', kinds).report.lostCharacters).toBe(1);
  });

  test('may be the beginning of a character that is cut off', async () => {
    const cut = utf8('name\nZoë').slice(0, -1);
    expect(await failureOf(cut)).toContain('byte 7 (0xc3, line 2) is not utf-8; the source ends within a character');
    expect(await failureOf(oneByOne(cut))).toContain('byte 7 (0xc3, line 2)');
  });

  test('U+FFFD itself is a character like others', async () => {
    expect(await namesOf(utf8('name\n\ufffd\n'))).toEqual(['\ufffd']);
    expect(await failureOf(Uint8Array.of(...utf8('name\n\ufffd\n'), 0xe4, 0x0a))).toContain('byte 9 (0xe4, line 3)');
  });
});

describe('what bytes begin with', () => {
  test.each([
    ['utf-16le', [0xff, 0xfe, ...utf16('name\nann\n', false)]],
    ['utf-16be', [0xfe, 0xff, ...utf16('name\nann\n', true)]],
    ['utf-16le', utf16('name\nann\n', false)],
    ['utf-16be', utf16('name\nann\n', true)],
    ['utf-8', [0xef, 0xbb, 0xbf, ...utf8('name\nann\n')]],
  ])('tells %s from others', async (encoding, list) => {
    const bytes = Uint8Array.from(list);
    expect(await namesOf(bytes, { encoding })).toEqual(['ann']);
    expect(await namesOf(oneByOne(bytes), { encoding })).toEqual(['ann']);
    for (const other of ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'].filter((each) => each !== encoding)) {
      expect(await failureOf(oneByOne(bytes), { encoding: other, badBytes: 'replace' })).toContain(
        `readTable: \`encoding\` must be '${encoding}', because the bytes begin with`,
      );
    }
  });

  test.each([
    ['a gzip file', [0x1f, 0x8b, 8, 0]],
    ['an Excel workbook', [0x50, 0x4b, 3, 4]],
    ['an old Excel workbook', [0xd0, 0xcf, 0x11, 0xe0]],
  ])('tells %s from text', async (kind, start) => {
    const message = await failureOf(Uint8Array.of(...start, 0, 0, 0, 0));
    expect(message).toContain(`readTable: \`source\` must be a text of rows, received 'bytes that begin as ${kind}`);
  });
});

test('bytes come as Uint8Array, Buffer or ArrayBuffer, as a whole or in pieces, beside text', async () => {
  const bytes = utf8('name\nZoë\n');
  expect(await namesOf(bytes)).toEqual(['Zoë']);
  expect(await namesOf(Buffer.from(bytes))).toEqual(['Zoë']);
  expect(await namesOf(bytes.buffer)).toEqual(['Zoë']);
  async function* mixed() {
    yield bytes;
    yield 'Käse\n';
    yield bytes.subarray(5);
  }
  expect(await namesOf(mixed())).toEqual(['Zoë', 'Käse']);
  async function* broken() {
    yield bytes.subarray(0, 8);
    yield 'text within a character';
  }
  expect(await failureOf(broken())).toContain('ends within a character');
  async function* numbers() {
    yield 5;
  }
  // @ts-expect-error Numbers are no pieces.
  expect(await failureOf(numbers())).toContain('`source` must give pieces of text or bytes (Uint8Array), received 5');
});
