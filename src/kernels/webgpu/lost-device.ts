import type { BackendValues, DataId, KernelBackend } from '@tensorflow/tfjs-core';

/** What is used of a `GPUDevice` here. */
interface LosableDevice {
  readonly lost: Promise<{ readonly reason?: string; readonly message?: string }>;
}

/** Refuses a backend whose device is gone. */
export async function requireDevice(backend: KernelBackend): Promise<void> {
  const loss = await lossOf(backend, Promise.resolve());
  if (loss) throw loss;
}

/**
 * Lets reads say that the device is gone. WebGPU gives them an `AbortError` without a word, as if somebody had asked for an
 * end.
 */
export function explainLosses(backend: KernelBackend): void {
  const read = backend.read;
  if (mark() in read || !deviceOf(backend)) return;
  const explained = async (dataId: DataId): Promise<BackendValues> => {
    try {
      return await read.call(backend, dataId);
    } catch (error) {
      // The device may say so a moment after the read.
      throw (await lossOf(backend, new Promise((resolve) => setTimeout(resolve, 100)), error)) ?? error;
    }
  };
  backend.read = Object.assign(explained, { [mark()]: true });
}

async function lossOf(backend: KernelBackend, deadline: Promise<unknown>, cause?: unknown): Promise<Error | undefined> {
  const device = deviceOf(backend);
  const loss = device && (await Promise.race([device.lost, deadline.then(() => undefined)]));
  if (!loss) return undefined;
  const said = [loss.reason, loss.message].filter((each) => each && each !== 'unknown').join(': ');
  return new Error(
    `minimart: the webgpu device was lost${said ? ` (${said})` : ''}, and with it all tensors that were not read. ` +
      'Load the page anew, or choose another backend, and go on from a checkpoint if there is one.',
    cause === undefined ? {} : { cause },
  );
}

function deviceOf(backend: KernelBackend): LosableDevice | undefined {
  const { device } = backend as { readonly device?: Partial<LosableDevice> };
  return typeof device?.lost?.then === 'function' ? (device as LosableDevice) : undefined;
}

// Well known, so that a second copy of this package sees it.
function mark(): symbol {
  return Symbol.for('minimart.read');
}
