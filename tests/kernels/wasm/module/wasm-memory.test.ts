import { backend, dispose, getKernel, matMul, setBackend, train } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasMemory, withScratch } from '../../../../src/kernels/wasm/module/wasm-memory.js';
import { matMulReference } from '../../suites/references.js';
import { smallModel, smallModelGradients, takeValues } from '../../suites/small-model.js';
import { countsNow, expectNear, numbers, numbersOf, startOn, valuesOf, wasmBackend } from '../../suites/support.js';

describe('memory of the wasm backend', () => {
  beforeAll(() => startOn('wasm'));

  test('is found where tfjs 4.22 keeps it', () => {
    expect(hasMemory(backend())).toBe(true);
    expect(getKernel('MinimartAdam', 'wasm')).toBeDefined();
  });

  test('is not used when it is out of reach, or not there', async () => {
    const { wasm, dataIdMap } = wasmBackend();
    const like = (parts: object) => Object.assign(Object.create(backend()), { dataIdMap, ...parts });
    expect(hasMemory(like({ wasm }))).toBe(true);
    expect(hasMemory(like({ wasm: { ...wasm, asm: {} } }))).toBe(false);
    expect(hasMemory(like({ wasm: { ...wasm, _malloc: undefined } }))).toBe(false);
    await setBackend('cpu');
    expect(hasMemory(backend())).toBe(false);
    await setBackend('wasm');
  });

  test('may grow inside a kernel, at any allocation it makes', async () => {
    const sizes: [number, number, number] = [30, 40, 50];
    const expected = matMulReference(numbers(1200, 1), numbers(2000, 2), sizes, { transposeA: true });
    for (let grownAt = 0; grownAt < 2; grownAt += 1) {
      const { values } = await valuesOf(() => {
        const [left, right] = [numbersOf([40, 30], 1), numbersOf([40, 50], 2)];
        return growingAt([grownAt], () => matMul(left, right, true, false));
      });
      expectNear(values, expected);
    }
  });

  test('may grow anywhere in a training step', async () => {
    const net = smallModel();
    const expected = await takeValues(Object.values(smallModelGradients(net)));
    const grown = growingAt([10, 30, 55], () => smallModelGradients(net));
    expect(await takeValues(Object.values(grown))).toEqual(expected);
    net.dispose();
  });

  test('does not grow over 300 training steps', async () => {
    const net = smallModel();
    const optimizer = train.adam(1e-3, 0.5, 0.999, 1e-7);
    const step = () => {
      const gradients = smallModelGradients(net);
      optimizer.applyGradients(Object.entries(gradients).map(([name, each]) => ({ name, tensor: each })));
      dispose(gradients);
    };
    step();
    const [counts, size] = [countsNow(), wasmBackend().wasm.asm.memory.buffer.byteLength];
    for (let index = 0; index < 300; index += 1) step();
    expect(countsNow()).toEqual(counts);
    expect(wasmBackend().wasm.asm.memory.buffer.byteLength).toBe(size);
    optimizer.dispose();
    net.dispose();
  });

  test('is given back after an error', () => {
    const before = countsNow();
    let place = 0;
    const fail = (scratch: number) => {
      place = scratch;
      throw new Error('inside');
    };
    expect(() => withScratch(wasmBackend(), 1 << 20, fail)).toThrow('inside');
    expect(withScratch(wasmBackend(), 1 << 20, (scratch) => scratch)).toBe(place);
    expect(countsNow()).toEqual(before);
  });

  test('starts scratch at a cache line and says when there is none left', () => {
    expect(withScratch(wasmBackend(), 10, (scratch) => scratch) % 64).toBe(0);
    const failing = { ...wasmBackend(), wasm: { ...wasmBackend().wasm, _malloc: () => 0 } };
    expect(() => withScratch(Object.assign(Object.create(backend()), failing), 10, () => 0)).toThrow(
      'minimart: the wasm backend has no 10 bytes of memory left.',
    );
  });
});

/** Runs `act` with memory growing just before some of its allocations: views taken earlier are dead afterwards. */
function growingAt<T>(indices: number[], act: () => T): T {
  const { wasm } = wasmBackend();
  const allocate = wasm._malloc;
  let count = 0;
  wasm._malloc = (bytes) => {
    const { byteLength } = wasm.asm.memory.buffer;
    if (indices.includes(count)) {
      wasm._free(allocate(byteLength));
      expect(wasm.asm.memory.buffer.byteLength).toBeGreaterThan(byteLength);
    }
    count += 1;
    return allocate(bytes);
  };
  try {
    return act();
  } finally {
    wasm._malloc = allocate;
    expect(count).toBeGreaterThan(Math.max(...indices));
  }
}
