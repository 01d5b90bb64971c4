import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';

export interface BundleOptions {
  readonly minify?: boolean;
  /** Whether tfjs becomes part of the bundle, as in a finished app. Default: no. */
  readonly whole?: boolean;
}

/** Bundles a module text, as an app in `folder` would have it. */
export type Bundle = (folder: string, text: string, options?: BundleOptions) => Promise<string>;

export const bundleWithEsbuild: Bundle = async (folder, text, { minify = false, whole = false } = {}) => {
  const { outputFiles } = await esbuild({
    stdin: { contents: text, resolveDir: folder, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: whole ? [] : ['@tensorflow/*'],
    minify,
    write: false,
    logLevel: 'error',
  });
  return outputFiles.map((file) => file.text).join('\n');
};

/** Rollup, as vite drives it. */
export const bundleWithRollup: Bundle = async (folder, text, { minify = false, whole = false } = {}) => {
  const entry = join(folder, 'rollup-entry.js');
  await writeFile(entry, text);
  const output = await vite({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: minify && 'esbuild',
      target: 'es2022',
      lib: { entry, formats: ['es'], fileName: 'bundle' },
      rollupOptions: { external: whole ? [] : [/^@tensorflow\//] },
    },
  });
  const built = Array.isArray(output) ? output : [output];
  return built
    .flatMap((each) => ('output' in each ? each.output : []))
    .map((each) => ('code' in each ? each.code : ''))
    .join('\n');
};

interface Bundler {
  readonly name: string;
  readonly bundle: Bundle;
  /** Bytes of tfjs-core that the bundler keeps for a lazy import in a function that nobody calls. */
  readonly keptForLazyImports: number;
}

export const bundlers: readonly Bundler[] = [
  // esbuild looks for `import()` before it looks for what is used, and so keeps what the training kernels are made of.
  { name: 'esbuild', bundle: bundleWithEsbuild, keptForLazyImports: 30_000 },
  { name: 'rollup', bundle: bundleWithRollup, keptForLazyImports: 0 },
];
