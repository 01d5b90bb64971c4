import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    data: 'src/data/index.ts',
    gan: 'src/gan/index.ts',
    node: 'src/node/index.ts',
  },
  format: ['esm', 'cjs'],
  // Both formats share chunks between entries: an entry that carried its own copy would carry its own state.
  splitting: true,
  dts: true,
  sourcemap: true,
  clean: true,
  treeshake: false,
  target: 'es2022',
});
