import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The bytes of a file piece by piece, decompressed when they are gzip, whatever the file is called. */
export async function* fileBytes(path: string | URL): AsyncGenerator<Uint8Array> {
  const isCompressed = await isGzip(path);
  const file = createReadStream(path);
  // Failures, and a caller who stops early, close both; whoever reads sees the failure.
  yield* isCompressed ? pipeline(file, createGunzip(), () => {}) : file;
}

async function isGzip(path: string | URL): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}
