import { getKernelsForBackend, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

/** What a backend asked of WebGPU. */
export interface Commands {
  /** Dispatches by the kernel of tfjs, or of ours, that asked for them. */
  readonly dispatches: Map<string, number>;
  /** Calls of other kinds: command buffers submitted, reads waited for, and buffers copied into each other. */
  readonly others: Map<string, number>;
}

const counted = {
  dispatchWorkgroups: 'dispatch',
  submit: 'submissions',
  mapAsync: 'reads',
  copyBufferToBuffer: 'copies of buffers',
} as const;

/**
 * Counts what goes to the device by wrapping the methods of WebGPU itself, so that no backend's insides are needed.
 *
 * @param device - Any device of the implementation that the backend uses.
 * @param runs - Whether dispatches that were counted run. Where they do not, numbers are those that buffers began with, and a
 *   software adapter answers at once.
 */
export function countCommands(device: GPUDevice, backendName: string, { runs }: { readonly runs: boolean }): Commands {
  const commands: Commands = { dispatches: new Map(), others: new Map() };
  const kernel = followKernels(backendName);
  for (const [prototype, method] of methodsOf(device)) {
    const original = prototype[method] as (...given: unknown[]) => unknown;
    prototype[method] = function (this: unknown, ...given: unknown[]) {
      if (method !== 'dispatchWorkgroups') {
        add(commands.others, counted[method]);
        return original.apply(this, given);
      }
      add(commands.dispatches, kernel.name());
      return runs ? original.apply(this, given) : undefined;
    };
  }
  return commands;
}

type Methods = Record<string, unknown>;
type Counted = keyof typeof counted;

function methodsOf(device: GPUDevice): (readonly [Methods, Counted])[] {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  const buffer = device.createBuffer({ size: 4, usage: GPUBufferUsage.COPY_DST });
  const methods = ([pass, device.queue, buffer, encoder] as object[]).map(
    (each, index) => [Object.getPrototypeOf(each) as Methods, Object.keys(counted)[index] as Counted] as const,
  );
  pass.end();
  buffer.destroy();
  return methods;
}

// Which kernel is at work: the outermost, where one calls another.
function followKernels(backendName: string): { name(): string } {
  let current: string | undefined;
  for (const kernel of getKernelsForBackend(backendName)) {
    const followed: KernelFunc = (call) => {
      if (current !== undefined) return kernel.kernelFunc(call);
      current = kernel.kernelName;
      try {
        return kernel.kernelFunc(call);
      } finally {
        current = undefined;
      }
    };
    // The marks of kernels that this library installed stay: it would install them anew over these otherwise.
    for (const mark of Object.getOwnPropertySymbols(kernel.kernelFunc)) Object.assign(followed, { [mark]: true });
    unregisterKernel(kernel.kernelName, backendName);
    registerKernel({ ...kernel, kernelFunc: followed });
  }
  return { name: () => current ?? 'no kernel' };
}

function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
