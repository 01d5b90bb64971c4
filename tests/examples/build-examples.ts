import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type OutputFile, type Plugin } from 'esbuild';

const root = fileURLToPath(new URL('../../', import.meta.url));
const examples = join(root, 'examples');
// Within the repository, so that its packages are found.
const folder = join(root, 'bench/.build/tests/examples');

let built: Promise<unknown> | undefined;

/**
 * The compiled program of an example, all of which are compiled at the first call. A loader that compiles file by file takes two
 * seconds at every start.
 */
export async function builtExample(name: string): Promise<string> {
  built ??= buildExamples();
  await built;
  return join(folder, `${basename(name, '.ts')}.mjs`);
}

async function buildExamples(): Promise<void> {
  const names = (await readdir(examples)).filter((name) => name.endsWith('.ts'));
  const { outputFiles } = await build({
    entryPoints: names.map((name) => join(examples, name)),
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    outExtension: { '.js': '.mjs' },
    packages: 'external',
    alias: { 'minimart/node': join(root, 'src/node/index.ts'), minimart: join(root, 'src/index.ts') },
    plugins: [ownPlaces],
    write: false,
    logLevel: 'warning',
  });
  await mkdir(folder, { recursive: true });
  await Promise.all(outputFiles.map(replaceFile));
}

// Two processes may build at once, and run what the other has written: the same, but never half of it.
async function replaceFile({ path, contents }: OutputFile): Promise<void> {
  const part = join(dirname(path), `${basename(path)}.${process.pid}`);
  await writeFile(part, contents);
  await rename(part, path);
}

/** Examples look for their data beside the file that they stand in. */
const ownPlaces: Plugin = {
  name: 'own places',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (!path.startsWith(examples + sep)) return undefined;
      const text = await readFile(path, 'utf8');
      return { loader: 'ts', contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)) };
    });
  },
};
