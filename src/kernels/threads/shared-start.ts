import { shareMemory } from '../wasm/module/share-memory.js';

type Imports = WebAssembly.Imports;
type Instantiated = WebAssembly.WebAssemblyInstantiatedSource;

/** What TensorFlow.js's wasm binaries export and others do not. */
const MARK = 'init_with_threads_count';

/**
 * Lets TensorFlow.js's wasm backend start on shared memory: while `start` runs, its binary is instantiated with its memory's flag
 * changed, from wherever tfjs gets it. tfjs itself has no threads in Node, and in pages a build of its own, which is slower.
 *
 * Every other module is instantiated as it is, and so is that one where the host refuses shared memory.
 */
export async function withSharedMemory<T>(start: () => Promise<T>): Promise<T> {
  const { instantiate, instantiateStreaming } = WebAssembly;
  const fromBytes = async (source: BufferSource | WebAssembly.Module, imports?: Imports) => {
    if (source instanceof WebAssembly.Module) return instantiate.call(WebAssembly, source, imports);
    const plain = instantiate as (source: BufferSource, imports?: Imports) => Promise<Instantiated>;
    return (await instantiateShared(source, imports)) ?? plain.call(WebAssembly, source, imports);
  };
  const fromResponse = async (source: Response | PromiseLike<Response>, imports?: Imports) =>
    fromBytes(await (await source).arrayBuffer(), imports);
  // Some hosts have no streaming; they must not seem to.
  const streams = 'instantiateStreaming' in WebAssembly;
  Object.assign(WebAssembly, { instantiate: fromBytes }, streams && { instantiateStreaming: fromResponse });
  try {
    return await start();
  } finally {
    Object.assign(WebAssembly, { instantiate }, streams && { instantiateStreaming });
  }
}

async function instantiateShared(
  source: BufferSource,
  imports: Imports | undefined,
): Promise<Instantiated | undefined> {
  const bytes = ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
  const shared = shareMemory(bytes.slice());
  if (shared === undefined) return undefined;
  try {
    const module = await WebAssembly.compile(shared);
    if (!WebAssembly.Module.exports(module).some(({ name: exported }) => exported === MARK)) return undefined;
    return { module, instance: new WebAssembly.Instance(module, imports) };
  } catch {
    // No shared memory of that size here, for example.
    return undefined;
  }
}
