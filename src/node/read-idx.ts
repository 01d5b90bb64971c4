import { stat } from 'node:fs/promises';
import type { ArrayData } from '../data/array-data.js';
import {
  describeShape,
  type IdxHeader,
  idxData,
  longestIdxHeader,
  readIdxHeader,
  requireIdxSize,
  swapBytes,
} from '../data/idx.js';
import { requireOptions } from '../internal/options.js';
import { createPause } from '../internal/pause.js';
import { refuse, requirePositiveInteger } from '../internal/require.js';
import { requireSignal } from '../internal/signal.js';
import { fileBytes, isGzip } from './files/file-bytes.js';
import { requirePath } from './files/require-path.js';

/**
 * Reads an IDX file, compressed by gzip or not, such as `t10k-images-idx3-ubyte.gz`.
 *
 * The header says how long the file is. A file that promises more than it can hold, or more than `maxBytes`, is refused
 * before memory is taken, and of one that holds more than it promises no more is decompressed: reading takes about as much
 * memory as the result.
 *
 * @param path - The file.
 * @returns Values and shape, as `decodeIdx` gives them.
 * @throws Error when the file cannot be read; RangeError when it is not in IDX format, is not as long as its header says,
 *   promises more than `maxBytes`, or is a damaged gzip file; what `signal` was aborted with.
 * @example
 * const images = scalePixels(await readIdx('t10k-images-idx3-ubyte.gz'), [0, 1]);
 * images.shape.slice(1); // [28, 28, 1]
 */
export async function readIdx(
  path: string | URL,
  options: {
    /** Most bytes that the header may promise, decompressed. Default 1,073,741,824 (1 GiB). */
    readonly maxBytes?: number;
    /** Stops the reading. */
    readonly signal?: AbortSignal;
  } = {},
): Promise<ArrayData> {
  requireOptions('readIdx', options, { maxBytes: true, signal: true });
  const { maxBytes = 2 ** 30, signal } = options;
  requirePositiveInteger('readIdx', 'maxBytes', maxBytes);
  requireSignal('readIdx', signal);
  const file = requirePath('readIdx', 'path', path);
  signal?.throwIfAborted();
  const collector = createCollector(await mostBytes(file), maxBytes);
  const pause = createPause(undefined, signal);
  for await (const bytes of fileBytes('readIdx', file)) {
    collector.add(bytes);
    await pause();
  }
  const { header, body } = collector.finish();
  await swapInBlocks(body, header.type.bytes, pause);
  return idxData(header, body);
}

interface OpenFile {
  readonly header: IdxHeader;
  readonly body: Uint8Array<ArrayBuffer>;
}

// Takes a file piece by piece; memory for all of it is taken once its header is there and can be true.
function createCollector(most: number, maxBytes: number) {
  let head: Uint8Array = new Uint8Array(0);
  let file: OpenFile | undefined;
  let filled = 0;

  function begin(): OpenFile {
    const header = readIdxHeader('readIdx', 'path', head);
    requirePromise(header, most, maxBytes);
    file = { header, body: new Uint8Array(header.size - header.start) };
    fill(file, head.subarray(header.start));
    return file;
  }

  function fill({ header, body }: OpenFile, bytes: Uint8Array): void {
    const size = filled + bytes.length;
    if (size > body.length) requireIdxSize('readIdx', 'path', header, header.start + size);
    body.set(bytes, filled);
    filled = size;
  }

  return {
    add(bytes: Uint8Array): void {
      if (file) {
        fill(file, bytes);
      } else {
        head = Buffer.concat([head, bytes]);
        if (head.length >= longestIdxHeader) begin();
      }
    },
    finish(): OpenFile {
      const whole = file ?? begin();
      requireIdxSize('readIdx', 'path', whole.header, whole.header.start + filled);
      return whole;
    },
  };
}

// What gzip makes of a byte at best (RFC 1951: 258 bytes of two bits).
const mostExpansion = 1032;

async function mostBytes(path: string | URL): Promise<number> {
  const { size } = await stat(path);
  return (await isGzip(path)) ? size * mostExpansion : size;
}

function requirePromise({ shape, size }: IdxHeader, most: number, maxBytes: number): void {
  if (size > most) refuse('readIdx', 'path', `hold ${size} bytes for shape ${describeShape(shape)}`, `${most} at most`);
  if (size > maxBytes) {
    const rule = `be at least ${size} for shape ${describeShape(shape)} of this file, if it is to be trusted`;
    refuse('readIdx', 'maxBytes', rule, maxBytes);
  }
}

// A multiple of any width, and a few milliseconds of work.
const blockBytes = 2 ** 18;

async function swapInBlocks(bytes: Uint8Array, width: number, pause: () => Promise<void>): Promise<void> {
  if (width === 1) return;
  for (let start = 0; start < bytes.length; start += blockBytes) {
    swapBytes(bytes.subarray(start, start + blockBytes), width);
    await pause();
  }
}
