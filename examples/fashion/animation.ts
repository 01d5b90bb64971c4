import { crc32 } from 'node:zlib';

/** How long frames are shown, in seconds. */
export interface AnimationTiming {
  readonly delay: number;
  /** Time of the last frame. */
  readonly hold: number;
}

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

const signatureLength = 8;

/**
 * Joins PNG pictures of one size and kind into an animated PNG, which browsers play. Nothing is compressed anew: each
 * picture's image data is put in frame chunks of its own.
 *
 * See W3C, "Portable Network Graphics (PNG) Specification (Third Edition)", 11.3.6: acTL, fcTL and fdAT.
 */
export function joinAnimation(pictures: readonly Uint8Array[], { delay, hold }: AnimationTiming): Uint8Array {
  const frames = pictures.map(readChunks);
  const header = frames[0]!.find(({ type }) => type === 'IHDR')!;
  const size = header.data.subarray(0, 8);
  let sequence = 0;
  // What the first picture says of itself, such as that it is synthetic, holds for all.
  const texts = frames[0]!.filter(({ type }) => type === 'tEXt');
  const chunks: Chunk[] = [header, { type: 'acTL', data: bigEndian(frames.length, 0) }, ...texts];
  frames.forEach((frame, index) => {
    const time = index === frames.length - 1 ? hold : delay;
    chunks.push({ type: 'fcTL', data: frameControl(sequence++, size, time) });
    for (const { type, data } of frame) {
      if (type !== 'IDAT') continue;
      // The first frame is the picture that programs show which know no animation.
      chunks.push(index === 0 ? { type, data } : { type: 'fdAT', data: Buffer.concat([bigEndian(sequence++), data]) });
    }
  });
  chunks.push({ type: 'IEND', data: new Uint8Array() });
  return Buffer.concat([pictures[0]!.subarray(0, signatureLength), ...chunks.map(writeChunk)]);
}

function readChunks(png: Uint8Array): Chunk[] {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const chunks: Chunk[] = [];
  for (let at = signatureLength; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function writeChunk({ type, data }: Chunk): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([bigEndian(data.length), body, bigEndian(crc32(body))]);
}

// Whole picture, at the upper left, delay in thousandths, nothing cleared, nothing blended.
function frameControl(sequence: number, size: Uint8Array, seconds: number): Buffer {
  const delay = Buffer.alloc(6);
  delay.writeUInt16BE(Math.round(1000 * seconds), 0);
  delay.writeUInt16BE(1000, 2);
  return Buffer.concat([bigEndian(sequence), size, bigEndian(0, 0), delay]);
}

function bigEndian(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, index) => {
    bytes.writeUInt32BE(number, 4 * index);
  });
  return bytes;
}
