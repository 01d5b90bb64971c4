import { engine, type KernelBackend } from '@tensorflow/tfjs-core';
import { kernelState } from '../kernel-state.js';
import { hasMemory, isShared, type WasmMemoryBackend } from '../wasm/module/wasm-memory.js';
import { canShare, usualThreads } from './host-threads.js';
import { withSharedMemory } from './shared-start.js';
import { startPool } from './thread-pool.js';

/**
 * Starts the wasm backend so that `threads` can work in its memory, if it is not running and such threads can be had here.
 *
 * @throws Error when `threads` were asked for and the backend runs already, on memory that cannot be shared.
 */
export async function startWithThreads<T>(threads: number | undefined, start: () => Promise<T>): Promise<T> {
  if (!canShare() || (threads ?? usualThreads()) < 2) return start();
  const running: KernelBackend | undefined = engine().registry.wasm;
  if (running === undefined) return withSharedMemory(start);
  if (threads !== undefined && !hasSharedMemory(running)) {
    throw new Error(
      `useBackend: \`threads\` must be given when the wasm backend starts, received ${threads} for one that runs on a single ` +
        'thread. Call useBackend before anything else starts the backend.',
    );
  }
  return start();
}

/** Gives the running wasm backend its threads, as many as it has had where nobody says; ends those that have died or are too many. */
export async function arrangeThreads(asked: number | undefined): Promise<void> {
  const state = kernelState();
  const threads = asked ?? state.pool?.threads ?? usualThreads();
  const { backend } = engine();
  const count = hasSharedMemory(backend) && canShare() ? threads : 1;
  if (state.pool && (state.pool.threads !== count || !state.pool.isAlive())) stopThreads();
  if (count < 2) return;
  state.pool ??= await startPool(count);
  endWith(backend);
  if (hasMemory(backend)) await state.shareKernels?.(backend);
  await state.shareHost?.();
}

/** Ends all threads. */
export function stopThreads(): void {
  const state = kernelState();
  state.pool?.stop();
  state.pool = undefined;
}

function hasSharedMemory(backend: KernelBackend): backend is WasmMemoryBackend {
  return hasMemory(backend) && isShared(backend.wasm.asm.memory);
}

// Threads end when tfjs drops the backend in whose memory they work.
function endWith(backend: KernelBackend): void {
  const mark = Symbol.for('minimart.ends');
  if (mark in backend) return;
  const dispose = backend.dispose.bind(backend);
  const ending = () => {
    stopThreads();
    dispose();
  };
  Object.assign(backend, { dispose: ending, [mark]: true });
}
