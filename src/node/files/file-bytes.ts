import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { refuse } from '../../internal/require.js';
import { requirePath } from './require-path.js';

/**
 * The bytes of a file piece by piece, decompressed when they are gzip, whatever the file is called. What is gzip only at its
 * beginning is refused where it ends.
 */
export async function* fileBytes(where: string, path: string | URL): AsyncGenerator<Uint8Array> {
  const target = requirePath(where, 'path', path);
  const isCompressed = await isGzip(target);
  const file = createReadStream(target);
  if (!isCompressed) return yield* file;
  try {
    // Failures, and a caller who stops early, close both; whoever reads sees the failure.
    yield* pipeline(file, createGunzip(), () => {});
  } catch (error) {
    if (isZlibError(error)) refuse(where, 'path', 'be a whole gzip file, or none', error.message);
    throw error;
  }
}

function isZlibError(error: unknown): error is NodeJS.ErrnoException {
  return String((error as NodeJS.ErrnoException | null)?.code).startsWith('Z_');
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
