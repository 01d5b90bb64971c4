import { threadSource } from './thread-source.js';

/** One thread, as Node and pages have them alike. */
export interface HostThread {
  /** Sends a message; memories and modules arrive as they are. */
  post(message: object): void;
  /** Ends it at once, whatever it does. */
  stop(): void;
}

/** What a thread tells of itself. */
export interface ThreadEvents {
  onMessage(message: number): void;
  /** It ended by itself, or could not start. */
  onEnd(reason: string): void;
}

/** Most threads that are used without being asked for: behind them memory is the limit, not arithmetic. */
const MOST = 8;

/** How many threads to use here where nobody says: one for each core, at most eight; one where threads cannot share memory. */
export function usualThreads(): number {
  const cores = nodeModule<NodeOs>('os')?.availableParallelism?.() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
  return canShare() ? Math.min(MOST, Math.max(1, cores)) : 1;
}

/** Whether threads can be started here that share memory: not in a page that is not cross-origin isolated, for example. */
export function canShare(): boolean {
  if (typeof SharedArrayBuffer === 'undefined' || typeof Atomics === 'undefined') return false;
  return nodeModule('worker_threads') !== undefined || (globalThis.crossOriginIsolated && typeof Worker === 'function');
}

/** Starts a thread. Whether that worked it tells by its events. */
export function startThread(events: ThreadEvents): HostThread {
  const node = nodeModule<NodeWorkers>('worker_threads');
  return node ? startNodeThread(node, events) : startWebThread(events);
}

function startNodeThread({ Worker: NodeWorker }: NodeWorkers, { onMessage, onEnd }: ThreadEvents): HostThread {
  // Without the loaders of the program: this text needs none, and they take long to start.
  const worker = new NodeWorker(threadSource, { eval: true, execArgv: [] });
  let reason = 'it ended';
  worker.on('message', (message) => onMessage(Number(message)));
  worker.on('error', (error) => {
    reason = String(error);
  });
  worker.on('exit', () => onEnd(reason));
  // It must not keep the process alive, which a listener does: so this comes last.
  worker.unref();
  return { post: (message) => worker.postMessage(message), stop: () => void worker.terminate() };
}

function startWebThread({ onMessage, onEnd }: ThreadEvents): HostThread {
  const url = URL.createObjectURL(new Blob([threadSource], { type: 'text/javascript' }));
  const worker = new Worker(url);
  worker.onmessage = ({ data }) => {
    URL.revokeObjectURL(url);
    onMessage(Number(data));
  };
  worker.onerror = ({ message }) => onEnd(message || 'it did not start');
  return { post: (message) => worker.postMessage(message), stop: () => worker.terminate() };
}

/** A module that Node has built in: bundlers of pages must see neither an import of it nor its name with Node's prefix. */
function nodeModule<T>(name: string): T | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  return process?.getBuiltinModule?.(name) as T | undefined;
}

interface NodeOs {
  availableParallelism?(): number;
}

interface NodeWorkers {
  readonly Worker: new (source: string, options: { eval: boolean; execArgv: string[] }) => NodeWorker;
}

interface NodeWorker {
  on(event: 'message' | 'error' | 'exit', act: (value: unknown) => void): void;
  postMessage(message: object): void;
  terminate(): Promise<number>;
  unref(): void;
}
