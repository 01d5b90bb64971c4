import { indexedDbStore } from 'minimart';
import garments from '../../../generated/garments.bin?url';
import type { Pictures } from '../services.js';
import { type PictureSet, pictureSide } from '../settings.js';

/** The shipped pictures, or the first three of them. */
export async function loadGarments(set: PictureSet): Promise<Pictures> {
  const response = await fetch(new URL(garments, import.meta.url));
  const unpacked = response.body!.pipeThrough(new DecompressionStream('gzip'));
  const bytes = new Uint8Array(await new Response(unpacked).arrayBuffer());
  const size = pictureSide * pictureSide;
  const count = set === 'three' ? 3 : bytes.length / size;
  return { bytes: bytes.subarray(0, count * size), count, channels: 1 };
}

/** Keeps the visitor's pictures in this browser, for when the page is opened again; without any, gives those that are kept. */
export async function keepOwn(own: Pictures | undefined): Promise<Pictures> {
  const store = indexedDbStore('playground, own pictures');
  if (own) {
    const file = new Uint8Array(own.bytes.length + 1);
    file[0] = own.channels;
    file.set(own.bytes, 1);
    await store.write(kept, file);
    return own;
  }
  if (!(await store.list()).includes(kept)) throw new Error('There are no pictures of yours here: drop some below.');
  const file = await store.read(kept);
  const channels = file[0] === 3 ? 3 : 1;
  return { bytes: file.subarray(1), count: (file.length - 1) / (pictureSide * pictureSide * channels), channels };
}

const kept = 'pictures';

/** A short name for pictures, by what is in them: a run on others is another run. */
export async function nameOf({ bytes }: Pictures): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return Array.from(digest.subarray(0, 6), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
