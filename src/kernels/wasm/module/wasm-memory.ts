import type { DataId, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../../kernel-call.js';

/** The parts of tfjs's wasm backend (4.22) that give direct access to its memory. */
export interface WasmMemoryBackend extends WasmBackend {
  readonly wasm: {
    readonly asm: { readonly memory: WebAssembly.Memory };
    _malloc(bytes: number): number;
    _free(place: number): void;
  };
  readonly dataIdMap: { get(dataId: DataId): { readonly memoryOffset: number } };
}

/** Whether the backend's memory can be reached, as in tfjs 4.22. */
export function hasMemory(backend: KernelBackend): backend is WasmMemoryBackend {
  const { wasm, dataIdMap } = backend as Partial<WasmMemoryBackend>;
  const memory = wasm?.asm?.memory;
  if (!(memory instanceof WebAssembly.Memory) || dataIdMap === undefined) return false;
  return typeof wasm?._malloc === 'function' && typeof wasm._free === 'function';
}

/** Whether threads may work in a memory: a module must have been made for one or the other kind. */
export function isShared(memory: WebAssembly.Memory): boolean {
  return !(memory.buffer instanceof ArrayBuffer);
}

/** Where a tensor's numbers start in the backend's memory. */
export function placeOf(backend: WasmMemoryBackend, tensor: TensorInfo): number {
  return backend.dataIdMap.get(tensor.dataId).memoryOffset;
}

/** Lends `bytes` of scratch memory, at the start of a cache line, for the time of one call. */
export function withScratch<T>(backend: WasmMemoryBackend, bytes: number, use: (scratch: number) => T): T {
  const block = backend.wasm._malloc(bytes + CACHE_LINE) >>> 0;
  if (block === 0) throw new Error(`minimart: the wasm backend has no ${bytes} bytes of memory left.`);
  try {
    return use(lineOf(block));
  } finally {
    backend.wasm._free(block);
  }
}

const CACHE_LINE = 64;

/** The first cache line from a place on; of a length, the length in whole lines. */
export function lineOf(place: number): number {
  return Math.ceil(place / CACHE_LINE) * CACHE_LINE;
}
