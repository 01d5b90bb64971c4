import type { Answered, Asked, Services } from './protocol.js';
import workerAddress from './worker.js?worker&url';

/** A question was taken back before its answer. */
export class Stopped extends Error {}

/** How the page asks a worker. */
export interface Link<S extends Services> {
  ask<N extends keyof S & string>(
    name: N,
    ask: S[N]['ask'],
    options?: { readonly signal?: AbortSignal; readonly onTell?: (value: S[N]['tell']) => void },
  ): Promise<S[N]['answer']>;
  close(): void;
}

interface Waiting {
  readonly onTell: ((value: never) => void) | undefined;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/**
 * Begins a worker for a service and asks it. The worker starts from a blob of one import, because such a worker is held to the page's
 * Content-Security-Policy: one begun from its address would have that of its own response, which a static host leaves empty.
 */
export function openLink<S extends Services>(service: 'images' | 'shop' | 'stock'): Link<S> {
  const script = `import ${JSON.stringify(new URL(workerAddress, location.href).href)};`;
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module', name: service });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const post = (message: Asked) => worker.postMessage(message);
  worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => settle(waiting, data));
  worker.addEventListener('error', ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(message || 'The worker could not be started.'));
    waiting.clear();
  });
  return {
    ask: (name, ask, { signal, onTell } = {}) =>
      new Promise((resolve, reject) => {
        last += 1;
        const id = last;
        waiting.set(id, { onTell: onTell as Waiting['onTell'], resolve: resolve as Waiting['resolve'], reject });
        signal?.addEventListener('abort', () => post({ id, stop: true }), { once: true });
        post({ id, name, ask });
      }),
    close: () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}

function settle(waiting: Map<number, Waiting>, data: Answered): void {
  const asked = waiting.get(data.id);
  if (!asked) return;
  if ('tell' in data) {
    asked.onTell?.(data.tell as never);
    return;
  }
  waiting.delete(data.id);
  if ('answer' in data) asked.resolve(data.answer);
  else asked.reject(data.stopped ? new Stopped(data.failure) : new Error(data.failure));
}
