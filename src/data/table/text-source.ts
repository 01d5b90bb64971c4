import { refuse } from '../../internal/require.js';

/** Text, or bytes of text, all at once or piece by piece: a file of a form, the body of a response, a stream of a file. */
export type TextSource = string | Blob | ReadableStream<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** The text of a source piece by piece. When the caller stops early, the source is told so. */
export async function* textOf(where: string, source: TextSource, encoding: string): AsyncGenerator<string> {
  const decoder = createDecoder(where, encoding);
  for await (const piece of piecesOf(where, source)) {
    yield typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
  }
  yield decoder.decode();
}

function createDecoder(where: string, encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding);
  } catch {
    return refuse(where, 'encoding', 'name an encoding, such as `utf-8` or `windows-1252`', encoding);
  }
}

function piecesOf(where: string, source: TextSource): AsyncIterable<string | Uint8Array> | Iterable<string> {
  if (typeof source === 'string') return [source];
  if (source instanceof Blob) return readStream(source.stream());
  if (typeof source === 'object' && source !== null) {
    if ('getReader' in source) return readStream(source);
    if (Symbol.asyncIterator in source) return source;
  }
  return refuse(where, 'source', 'be text, a Blob, a ReadableStream or an async iterable', source);
}

// Not every browser can iterate over a stream.
async function* readStream<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  const reader = stream.getReader();
  let isDone = false;
  try {
    while (true) {
      const { done, value } = await reader.read();
      isDone = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!isDone) await reader.cancel();
    reader.releaseLock();
  }
}
