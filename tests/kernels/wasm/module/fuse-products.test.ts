import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { decodeModule } from '../../../../src/kernels/wasm/module/decode-module.js';
import { fuseProducts } from '../../../../src/kernels/wasm/module/fuse-products.js';
import { moduleBytes } from '../../../../src/kernels/wasm/module/module-bytes.js';

const plain = await decodeModule(moduleBytes);
const fused = fuseProducts(plain);

/** Multiplies two small matrices in the module it is given, and prints the largest relative error. */
const script = `
  const bytes = Buffer.from(process.argv[1], 'base64');
  const memory = new WebAssembly.Memory({ initial: 4, maximum: 65536 });
  const { multiply } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports;
  const [rows, depth, columns] = [13, 37, 21];
  const numbers = new Float32Array(memory.buffer);
  for (let i = 0; i < rows * depth + depth * columns; i += 1) numbers[i] = Math.sin(i * 1.7);
  const [right, output, scratch] = [rows * depth, 2000, 4000];
  multiply(0, 0, 4 * depth, 4, 4 * right, 4 * columns, 4, 4 * output, 4 * columns, 0, rows, depth, columns, 4 * scratch);
  let worst = 0;
  for (let i = 0; i < rows; i += 1) for (let j = 0; j < columns; j += 1) {
    let sum = 0;
    for (let k = 0; k < depth; k += 1) sum += numbers[i * depth + k] * numbers[right + k * columns + j];
    worst = Math.max(worst, Math.abs(sum - numbers[output + i * columns + j]));
  }
  console.log(worst);
`;

describe('fuseProducts', () => {
  test('fuses the sums of the register tile, eight in each of its eight steps, and nothing else', () => {
    const changed = [...plain.keys()].filter((at) => plain[at] !== fused[at]);
    const opcodes = changed.filter((at) => fused[at] === 0x85 && fused[at - 1] === 0xfd && fused[at + 1] === 0x02);
    expect(opcodes.length).toBe(64);
    expect(fused.length).toBe(plain.length);
    expect(WebAssembly.validate(plain)).toBe(true);
  });

  test('leaves the products right on a host that knows relaxed SIMD', () => {
    // Before Node 22 the instruction is behind a flag, which later versions no longer know.
    const flags = WebAssembly.validate(fused) ? [] : ['--experimental-wasm-relaxed-simd'];
    const base64 = Buffer.from(fused).toString('base64');
    const worst = Number(execFileSync(process.execPath, [...flags, '-e', script, base64], { encoding: 'utf8' }));
    expect(worst).toBeGreaterThan(0);
    expect(worst).toBeLessThan(1e-5);
  });
});
