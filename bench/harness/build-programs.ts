import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const bench = new URL('../', import.meta.url);
const programs = [
  'tfjs/ours.ts',
  'tfjs/stock.ts',
  'tfjs/our-embedding.ts',
  'tfjs/stock-embedding.ts',
  'tfjs/our-search.ts',
  'tfjs/products.ts',
  'tfjs/overhead.ts',
  'tfjs/profile.ts',
  'peers/jax-js.ts',
];

/**
 * Compiles the child programs as the library is published. A loader that compiles on the fly keeps function names by a call
 * around every inner function, which costs steps of a few milliseconds a tenth of their time.
 *
 * @param paths - Below `bench`.
 * @param folder - Below `bench` too; there they are under their paths, with the ending `.mjs`.
 */
export async function buildPrograms(paths: readonly string[] = programs, folder = '.build'): Promise<void> {
  await build({
    entryPoints: paths.map((path) => fileURLToPath(new URL(path, bench))),
    outdir: fileURLToPath(new URL(folder, bench)),
    outbase: fileURLToPath(bench),
    tsconfig: fileURLToPath(new URL('../tsconfig.json', bench)),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    outExtension: { '.js': '.mjs' },
    packages: 'external',
    alias: {
      'minimart/node': fileURLToPath(new URL('../src/node/index.ts', bench)),
      minimart: fileURLToPath(new URL('../src/index.ts', bench)),
    },
    logLevel: 'warning',
  });
}
