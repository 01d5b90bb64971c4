import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build as esbuild } from 'esbuild';
import { build as vite } from 'vite';

export interface BundleOptions {
  readonly minify?: boolean;
}

/** Bundles a module text, as an app in `folder` would have it, with tfjs left outside. */
export type Bundle = (folder: string, text: string, options?: BundleOptions) => Promise<string>;

export const bundleWithEsbuild: Bundle = async (folder, text, { minify = false } = {}) => {
  const { outputFiles } = await esbuild({
    stdin: { contents: text, resolveDir: folder, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: ['@tensorflow/*'],
    minify,
    write: false,
    logLevel: 'error',
  });
  return outputFiles.map((file) => file.text).join('\n');
};

/** Rollup, as vite drives it. */
export const bundleWithRollup: Bundle = async (folder, text, { minify = false } = {}) => {
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
      rollupOptions: { external: [/^@tensorflow\//] },
    },
  });
  const built = Array.isArray(output) ? output : [output];
  return built
    .flatMap((each) => ('output' in each ? each.output : []))
    .map((each) => ('code' in each ? each.code : ''))
    .join('\n');
};

export const bundlers: readonly (readonly [string, Bundle])[] = [
  ['esbuild', bundleWithEsbuild],
  ['rollup', bundleWithRollup],
];
