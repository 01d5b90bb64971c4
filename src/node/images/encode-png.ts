import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

/** Pixels of a whole picture, 8 bits each. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 colour, 4 colour with opacity. */
  readonly channels: number;
  readonly data: Uint8Array;
  /** Text chunks by keyword, Latin-1. */
  readonly text?: Readonly<Record<string, string>>;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Encodes a picture as PNG. It is compressed beside the main thread.
 *
 * See W3C, "Portable Network Graphics (PNG) Specification (Third Edition)" (2025)
 */
export async function encodePng({ width, height, channels, data, text = {} }: Picture): Promise<Uint8Array> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a channel; grey, colour, or colour with opacity; the methods and the order that there are.
  header.set([8, { 1: 0, 3: 2, 4: 6 }[channels]!, 0, 0, 0], 8);
  const rowBytes = width * channels;
  const rows = Buffer.alloc(height * (rowBytes + 1));
  // Each row starts with the number of its filter: 0 for none.
  for (let row = 0; row < height; row += 1) {
    rows.set(data.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  const body = await promisify(deflate)(rows);
  const texts = Object.entries(text).map(([keyword, value]) =>
    chunk('tEXt', Buffer.from(`${keyword}\0${value}`, 'latin1')),
  );
  const parts = [Uint8Array.from(signature), chunk('IHDR', header), ...texts, chunk('IDAT', body), chunk('IEND', [])];
  return new Uint8Array(Buffer.concat(parts));
}

/** Length, name, content, and a check sum of the last two. */
function chunk(name: string, content: ArrayLike<number>): Buffer {
  const bytes = Buffer.alloc(12 + content.length);
  bytes.writeUInt32BE(content.length, 0);
  bytes.write(name, 4, 'latin1');
  bytes.set(content, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + content.length)), 8 + content.length);
  return bytes;
}
