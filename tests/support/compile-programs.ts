import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type OutputFile, type Plugin } from 'esbuild';

/** Folder of the repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Compiles programs for processes of their own, with all packages in them: a loader that compiles file by file takes two seconds at
 * every start, and to look for the names that packages in CommonJS export takes a third of one.
 *
 * @param paths - Of the programs, below the repository.
 * @param folder - Below the repository too; there they are under their names, with the ending `.mjs`.
 */
export async function compilePrograms(paths: readonly string[], folder: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: paths.map((path) => join(root, path)),
    outdir: join(root, folder),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    mainFields: ['module', 'main'],
    outExtension: { '.js': '.mjs' },
    alias: {
      'minimart/node': join(root, 'src/node/index.ts'),
      'minimart/report': join(root, 'src/report/index.ts'),
      minimart: join(root, 'src/index.ts'),
    },
    banner: { js: asIn(join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist/index.js')) },
    plugins: [ownPlaces],
    write: false,
    logLevel: 'warning',
  });
  await mkdir(join(root, folder), { recursive: true });
  await Promise.all(outputFiles.map(replaceFile));
}

// What CommonJS expects to be there. The wasm backend looks for its modules beside the file that it stands in.
function asIn(file: string): string {
  return `import { createRequire as $createRequire } from 'node:module';
const [require, __filename, __dirname] = [$createRequire(${JSON.stringify(file)}), ${JSON.stringify(file)}, ${JSON.stringify(dirname(file))}];`;
}

// Two processes may compile at once, and run what the other has written: the same, but never half of it.
async function replaceFile({ path, contents }: OutputFile): Promise<void> {
  const part = join(dirname(path), `${basename(path)}.${process.pid}`);
  await writeFile(part, contents);
  await rename(part, path);
}

/** Examples look for their data beside the file that they stand in. */
const ownPlaces: Plugin = {
  name: 'own places',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]examples[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { loader: 'ts', contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)) };
    });
  },
};
