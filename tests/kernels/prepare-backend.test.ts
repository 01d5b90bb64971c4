import './suites/support.js';
import { getBackend, getKernel, getKernelsForBackend, setBackend } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { prepareBackend } from '../../src/kernels/prepare-backend.js';

/** The kernel functions of a backend by name: what a registration changes. */
function registered(backendName: string): Map<string, unknown> {
  return new Map(getKernelsForBackend(backendName).map((kernel) => [kernel.kernelName, kernel.kernelFunc]));
}

describe('prepareBackend', () => {
  afterEach(() => vi.restoreAllMocks());

  test.each(['cpu', 'wasm'])('adds what %s lacks, prints nothing, and leaves other backends alone', async (name) => {
    const warn = vi.spyOn(console, 'warn');
    await setBackend(name);
    const other = name === 'cpu' ? 'wasm' : 'cpu';
    const [stock, untouched] = [registered(name), registered(other)];
    await prepareBackend();
    expect(getKernel('UnsortedSegmentSum', name).kernelFunc).not.toBe(stock.get('UnsortedSegmentSum'));
    expect(registered(other)).toEqual(untouched);
    expect(getBackend()).toBe(name);
    expect(warn).not.toHaveBeenCalled();
  });

  test.each(['cpu', 'wasm'])('changes nothing on %s when called again, or by a second copy of itself', async (name) => {
    const warn = vi.spyOn(console, 'warn');
    await setBackend(name);
    await prepareBackend();
    const once = registered(name);
    await prepareBackend();
    vi.resetModules();
    const copy = await import('../../src/kernels/prepare-backend.js');
    expect(copy.prepareBackend).not.toBe(prepareBackend);
    await copy.prepareBackend();
    const again = registered(name);
    expect([...again.keys()].sort()).toEqual([...once.keys()].sort());
    for (const [kernelName, kernelFunc] of again) expect(kernelFunc, kernelName).toBe(once.get(kernelName));
    expect(warn).not.toHaveBeenCalled();
  });

  test('keeps the set-up of the kernels it takes the place of', async () => {
    await setBackend('wasm');
    await prepareBackend();
    expect(getKernel('BatchMatMul', 'wasm').setupFunc).toBeTypeOf('function');
  });
});
