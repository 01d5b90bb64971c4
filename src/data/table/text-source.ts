import { refuse } from '../../internal/require.js';
import { untilAborted } from '../../internal/signal.js';

/**
 * Text, or bytes of text, all at once or piece by piece: a file of a form, the body of a response, a stream of a file, a
 * Buffer.
 */
export type TextSource =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | ReadableStream<string | Uint8Array>
  | AsyncIterable<string | Uint8Array>;

interface Pieces {
  next(): PromiseLike<IteratorResult<unknown, unknown>>;
  /** Tells the source that no more is wanted. */
  close(): unknown;
}

/**
 * The pieces of a source. When the caller stops early or `signal` aborts, the source is told so; a source that hangs is
 * not waited for.
 */
export async function* piecesOf(
  where: string,
  source: TextSource,
  signal: AbortSignal | undefined,
): AsyncGenerator<string | Uint8Array> {
  const pieces = openSource(where, source);
  let isDone = false;
  try {
    while (true) {
      const { done, value } = await untilAborted(pieces.next(), signal);
      isDone = done ?? false;
      if (isDone) return;
      yield checked(where, value);
    }
  } catch (error) {
    // Told, not waited for.
    if (!isDone) ignoreFailure(pieces.close);
    isDone = true;
    throw error;
  } finally {
    if (!isDone) await pieces.close();
  }
}

function openSource(where: string, source: TextSource): Pieces {
  if (typeof source === 'string' || isBytes(source)) return openWhole(source);
  if (source instanceof Blob) return openStream(source.stream());
  if (typeof source === 'object' && source !== null) {
    if ('getReader' in source) return openStream(source);
    if (Symbol.asyncIterator in source) {
      const iterator = source[Symbol.asyncIterator]();
      return { next: () => iterator.next(), close: () => iterator.return?.() };
    }
  }
  const rule = 'be text, bytes, a Blob, a ReadableStream or an async iterable of text or bytes';
  return refuse(where, 'source', rule, source);
}

function openWhole(source: string | Uint8Array | ArrayBuffer): Pieces {
  const pieces = [source];
  return { next: async () => ({ done: pieces.length === 0, value: pieces.pop() }), close: () => {} };
}

// By its reader: not every browser can iterate over a stream, and a reader can be told to stop while it waits.
function openStream(stream: ReadableStream<unknown>): Pieces {
  const reader = stream.getReader();
  return {
    next: async () => {
      const result = await reader.read();
      if (result.done) reader.releaseLock();
      return result;
    },
    close: () => reader.cancel(),
  };
}

function checked(where: string, piece: unknown): string | Uint8Array {
  if (typeof piece === 'string' || piece instanceof Uint8Array) return piece;
  if (isBytes(piece)) return new Uint8Array(piece as ArrayBuffer);
  return refuse(where, 'source', 'give pieces of text or bytes (Uint8Array)', piece);
}

// By tag: they may come from another realm.
function isBytes(value: unknown): value is Uint8Array | ArrayBuffer {
  return value instanceof Uint8Array || Object.prototype.toString.call(value) === '[object ArrayBuffer]';
}

function ignoreFailure(close: () => unknown): void {
  Promise.resolve()
    .then(close)
    .catch(() => {});
}
