import { defineConfig } from 'tsup';

const entries = {
  index: 'src/index.ts',
  customers: 'src/customers/index.ts',
  data: 'src/data/index.ts',
  forecast: 'src/forecast/index.ts',
  gan: 'src/gan/index.ts',
  node: 'src/node/index.ts',
  recsys: 'src/recsys/index.ts',
  report: 'src/report/index.ts',
  rl: 'src/rl/index.ts',
  shop: 'src/shop/index.ts',
  tables: 'src/tables/index.ts',
  wasm: 'src/wasm/index.ts',
};

// No source maps: the output is as readable as the source, and they would weigh more than it.
const shared = { target: 'es2022', clean: true } as const;

export default defineConfig([
  {
    // One output file per source file: a bundler keeps or drops a file as a whole when that file imports tfjs-layers,
    // so a loss that shared a file with a layer would bring all of tfjs-layers along.
    ...shared,
    format: 'esm',
    entry: ['src/**/*.ts', '!src/kernels/wasm/assembly/**'],
    outDir: 'dist/esm',
    bundle: false,
  },
  {
    // Chunks are shared between entries: an entry that carried its own copy would carry its own state.
    ...shared,
    format: 'cjs',
    entry: entries,
    // What CommonJS has instead; both are taken by createRequire.
    define: { 'import.meta.url': '__filename' },
    outDir: 'dist/cjs',
    splitting: true,
    treeshake: false,
  },
  {
    ...shared,
    format: ['esm', 'cjs'],
    entry: entries,
    outDir: 'dist/types',
    dts: { only: true },
  },
]);
