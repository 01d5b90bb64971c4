import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundleWithEsbuild } from 'esbuild';
import { build as bundleWithVite, type Rollup } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const external = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers', 'ml-matrix', 'pure-rand/*'];
let folder = '';

// The library file by file, as it is published.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minimart-'));
  const files = (await readdir(src, { recursive: true })).filter((file) => /^(?!.*assembly).*\.ts$/.test(file));
  const entryPoints = files.map((file) => join(src, file));
  await bundleWithEsbuild({
    entryPoints,
    outbase: src,
    outdir: folder,
    bundle: false,
    format: 'esm',
    target: 'es2022',
  });
  await writeFile(join(folder, 'package.json'), '{ "type": "module", "sideEffects": false }');
});

afterAll(() => rm(folder, { recursive: true }));

async function esbuild(entry: string): Promise<string> {
  // es2017 has no static fields: they must be rewritten and the class must still go.
  const shared = { bundle: true, format: 'esm', target: 'es2017', write: false, external } as const;
  return (await bundleWithEsbuild({ ...shared, entryPoints: [entry] })).outputFiles[0]!.text;
}

async function rollup(entry: string): Promise<string> {
  const options = { lib: { entry, formats: ['es' as const] }, minify: false, write: false };
  const rollupOptions = { external: [...external.slice(0, 4), /^pure-rand/] };
  const shared = { configFile: false, logLevel: 'silent', root: folder } as const;
  const output = await bundleWithVite({ ...shared, build: { ...options, rollupOptions } });
  return (output as Rollup.RollupOutput[])[0]!.output[0].code;
}

async function appThatUses(name: string): Promise<string> {
  const entry = join(folder, `${name}.js`);
  await writeFile(entry, `import { ${name} } from './index.js';\nglobalThis.used = ${name};\n`);
  return entry;
}

const bundlers = { esbuild, rollup };

test.each(['esbuild', 'rollup'] as const)('%s drops the layers that an app does not use', async (bundler) => {
  const code = await bundlers[bundler](await appThatUses('tanhActivation'));
  expect(code).toContain('globalThis.used = tanhActivation');
  expect(code).not.toMatch(/Minimart|createRng|GlobalAveragePooling2D/);
});

test.each(['esbuild', 'rollup'] as const)('%s keeps the one layer that an app uses', async (bundler) => {
  const code = await bundlers[bundler](await appThatUses('seededDropout'));
  expect(code).toContain('MinimartSeededDropout');
  expect(code).not.toContain('MinimartActivation');
});
