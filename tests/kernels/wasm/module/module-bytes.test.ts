import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { describe, expect, test } from 'vitest';
import { decodeModule } from '../../../../src/kernels/wasm/module/decode-module.js';
import { moduleBytes as dotProductBytes } from '../../../../src/kernels/wasm/module/dot-product-bytes.js';
import { moduleBytes } from '../../../../src/kernels/wasm/module/module-bytes.js';

/** The numbers of a wasm binary's sections, in order. */
function sectionsOf(bytes: Uint8Array): number[] {
  const sections: number[] = [];
  let at = 8;
  while (at < bytes.length) {
    sections.push(bytes[at]!);
    let [size, shift] = [0, 0];
    do {
      at += 1;
      size |= (bytes[at]! & 127) << shift;
      shift += 7;
    } while (bytes[at]! > 127);
    at += 1 + size;
  }
  return sections;
}

describe('the compiled kernels', () => {
  test('are what their sources compile to', async () => {
    const { compileKernels, moduleIn, modules } = await import('../../../../scripts/build-kernels.mjs');
    for (const { source, target } of modules) {
      const committed = await readFile(new URL(`../../../../src/kernels/wasm/${target}`, import.meta.url), 'utf8');
      expect(moduleIn(committed).equals(await compileKernels(source)), target).toBe(true);
    }
  });

  test.each([
    ['of the training kernels', moduleBytes],
    ['of dot products', dotProductBytes],
  ])('import a memory, and neither own one nor write to it when they start: those %s', async (_, text) => {
    const module = await WebAssembly.compile(await decodeModule(text));
    expect(WebAssembly.Module.imports(module)).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
    expect(WebAssembly.Module.exports(module).every(({ kind }) => kind === 'function')).toBe(true);
    const bytes = await decodeModule(text);
    // Section 5 is a memory of its own, 8 a start function, 11 data.
    expect(sectionsOf(bytes)).not.toEqual(expect.arrayContaining([5]));
    expect(sectionsOf(bytes)).not.toEqual(expect.arrayContaining([8]));
    expect(sectionsOf(bytes)).not.toEqual(expect.arrayContaining([11]));
  });

  test('weigh at most 14 kB gzipped, code that calls them included', async () => {
    const entry = new URL('../../../../src/kernels/wasm/register.ts', import.meta.url).pathname;
    const result = await build({
      logLevel: 'silent',
      configFile: false,
      build: {
        write: false,
        minify: true,
        lib: { entry, formats: ['es'] },
        rollupOptions: { external: /^@tensorflow/ },
      },
    });
    const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
    const code = outputs.map((each) => (each.type === 'chunk' ? each.code : '')).join('');
    expect(code).toContain(moduleBytes.slice(0, 40));
    expect(gzipSync(code).length).toBeLessThanOrEqual(14_000);
  });
});
