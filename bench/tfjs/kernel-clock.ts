import {
  getKernelsForBackend,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { processorTime } from '../harness/processor-time.js';

type Call = Parameters<KernelFunc>[0];

/** What the calls of one kernel took, in milliseconds of processor time, those of kernels that it calls itself included. */
export interface KernelTime {
  calls: number;
  milliseconds: number;
}

/** Measures every kernel of a backend that answers synchronously. */
export interface KernelClock {
  /** By kernel name; calls that another kernel made are part of that one. */
  readonly byName: Map<string, KernelTime>;
  /** The same by kernel name, shapes of the operands and flags. */
  readonly byCall: Map<string, KernelTime>;
  reset(): void;
}

/** Puts a clock around every kernel that is registered for `backendName`. */
export function clockKernels(backendName: string): KernelClock {
  const clock: KernelClock = { byName: new Map(), byCall: new Map(), reset: () => {} };
  clock.reset = () =>
    [clock.byName, clock.byCall].forEach((times) => {
      times.clear();
    });
  let depth = 0;
  for (const kernel of getKernelsForBackend(backendName)) {
    const timed: KernelFunc = (call) => {
      if (depth > 0) return kernel.kernelFunc(call);
      depth += 1;
      const start = processorTime();
      try {
        return kernel.kernelFunc(call);
      } finally {
        depth -= 1;
        const milliseconds = processorTime() - start;
        count(clock.byName, kernel.kernelName, milliseconds);
        count(clock.byCall, describeCall(kernel.kernelName, call), milliseconds);
      }
    };
    // The marks of kernels that this library installed stay: it would install them anew over the clock otherwise.
    Object.defineProperties(timed, ownSymbols(kernel.kernelFunc));
    unregisterKernel(kernel.kernelName, backendName);
    registerKernel({ ...kernel, kernelFunc: timed });
  }
  return clock;
}

function ownSymbols(kernelFunc: KernelFunc): PropertyDescriptorMap {
  const symbols = Object.getOwnPropertySymbols(kernelFunc);
  return Object.fromEntries(symbols.map((symbol) => [symbol, Object.getOwnPropertyDescriptor(kernelFunc, symbol)!]));
}

function count(times: Map<string, KernelTime>, key: string, milliseconds: number): void {
  const time = times.get(key) ?? { calls: 0, milliseconds: 0 };
  time.calls += 1;
  time.milliseconds += milliseconds;
  times.set(key, time);
}

const shownFlags = ['transposeA', 'transposeB', 'axis', 'perm', 'strides'];

function describeCall(kernelName: string, { inputs, attrs }: Call): string {
  const operands = Object.values(inputs ?? {}).flat() as (TensorInfo | undefined)[];
  const shapes = operands.flatMap((operand) => (operand?.shape ? [`[${operand.shape}]`] : []));
  const flags = Object.entries(attrs ?? {}).filter(([name, value]) => shownFlags.includes(name) && value !== false);
  return [kernelName, ...shapes, ...flags.map(([name, value]) => (value === true ? name : `${name}=${value}`))].join(
    ' ',
  );
}
