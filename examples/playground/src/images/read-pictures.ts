import type { Pictures } from './services.js';
import { pictureSide } from './settings.js';

const most = 2000;

/** Cuts the middle square out of each picture and makes it small; grey where all are grey. Files that are no pictures are counted. */
export async function readPictures(
  files: readonly File[],
): Promise<{ readonly pictures: Pictures; readonly unread: number }> {
  const canvas = new OffscreenCanvas(pictureSide, pictureSide);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  const read: Uint8ClampedArray[] = [];
  let unread = 0;
  for (const file of files.slice(0, most)) {
    try {
      const bitmap = await createImageBitmap(file);
      const side = Math.min(bitmap.width, bitmap.height);
      const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
      context.fillRect(0, 0, pictureSide, pictureSide);
      context.drawImage(bitmap, left, top, side, side, 0, 0, pictureSide, pictureSide);
      bitmap.close();
      read.push(context.getImageData(0, 0, pictureSide, pictureSide).data);
    } catch {
      unread += 1;
    }
  }
  if (read.length === 0) throw new Error('None of these files is a picture that this browser reads.');
  return { pictures: pack(read), unread };
}

function pack(read: readonly Uint8ClampedArray[]): Pictures {
  const size = pictureSide * pictureSide;
  const channels = read.every(isGrey) ? 1 : 3;
  const bytes = new Uint8Array(read.length * size * channels);
  for (const [index, pixels] of read.entries()) {
    for (let at = 0; at < size; at += 1) {
      for (let c = 0; c < channels; c += 1) bytes[(index * size + at) * channels + c] = pixels[4 * at + c]!;
    }
  }
  return { bytes, count: read.length, channels };
}

function isGrey(pixels: Uint8ClampedArray): boolean {
  for (let at = 0; at < pixels.length; at += 4) {
    if (Math.abs(pixels[at]! - pixels[at + 1]!) > 8 || Math.abs(pixels[at]! - pixels[at + 2]!) > 8) return false;
  }
  return true;
}
