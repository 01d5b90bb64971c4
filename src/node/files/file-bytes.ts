import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { requirePath } from './require-path.js';

/** The bytes of a file piece by piece, decompressed when they are gzip, whatever the file is called. */
export async function* fileBytes(where: string, path: string | URL): AsyncGenerator<Uint8Array> {
  const target = requirePath(where, 'path', path);
  const isCompressed = await isGzip(target);
  const file = createReadStream(target);
  // Failures, and a caller who stops early, close both; whoever reads sees the failure.
  yield* isCompressed ? pipeline(file, createGunzip(), () => {}) : file;
}

/** Whether a file begins as gzip does. */
export async function isGzip(path: string | URL): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}
