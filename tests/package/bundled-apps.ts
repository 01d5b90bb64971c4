import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build as esbuild } from 'esbuild';
import { createServer as createViteServer, type ViteDevServer, build as viteBuild } from 'vite';
import webpack from 'webpack';
import { readmeExample } from './readme-example.js';

/** What a page and its worker say: `'fine'`, or an error's message. */
export const mainScript = `
import { report } from './lines.js';
report.then((text) => { document.title = text; });
`;

export const workerPage = (worker: string) => `
const worker = ${worker};
worker.onmessage = ({ data }) => { document.title = data; };
worker.onerror = ({ message }) => { document.title = message; };
`;

export const workerScript = `
import { report } from './lines.js';
report.then((text) => postMessage(text));
`;

const page = (script: string, kind = 'type="module"') =>
  `<!doctype html><title></title><link rel="icon" href="data:,"><script ${kind} src="${script}"></script>`;

/** The first lines of the README with a shorter run; apps.test.ts runs all of it. */
export async function firstLines(): Promise<string> {
  return (await readmeExample()).replace('steps: 1000', 'steps: 20');
}

/** One step of training behind lines that start a backend, so that our own chunks are loaded too. */
export const withOneStep = (block: string) => `
import { buildDiscriminator, buildGenerator, trainGan } from 'minimart';
${block}
const generator = buildGenerator({ latentSize: 2, hidden: [4], outputShape: [2] });
const discriminator = buildDiscriminator({ inputShape: [2], hidden: [4] });
const data = { values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), shape: [4, 2] };
const run = await trainGan({ generator, discriminator, data, steps: 1, batchSize: 4 });
`;

/** A module that runs lines which train, and exports what a page says of it. */
export function linesOf(block: string): string {
  const imports = block.match(/^import [\s\S]*?;$/gm) ?? [];
  const rest = imports.reduce((text, each) => text.replace(each, ''), block);
  return `
import { wasmKernels } from 'minimart';
${imports.join('\n')}
async function main() {
  ${rest}
  // Our kernels run, on all cores where threads can share memory.
  const { threads } = wasmKernels();
  const expected = globalThis.crossOriginIsolated ? Math.min(8, navigator.hardwareConcurrency) : 1;
  return run.steps > 0 && threads === expected ? 'fine' : threads + ' threads';
}
export const report = main().catch((error) => error.message);
`;
}

/** Writes the sources of an app into `app/src`, and its pages. */
export async function writeSources(app: string, block: string): Promise<void> {
  await mkdir(join(app, 'src'), { recursive: true });
  const files = {
    'src/lines.js': linesOf(block),
    'src/main.js': mainScript,
    'src/worker.js': workerScript,
    'src/worker-page.js': workerPage("new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })"),
    'index.html': page('/src/main.js'),
    'worker.html': page('/src/worker-page.js'),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(app, name), text);
}

/** Builds with Vite; gives the folder to serve. */
export async function bundleWithVite(app: string): Promise<string> {
  const outDir = join(app, 'out-vite');
  const input = ['index.html', 'worker.html'].map((name) => join(app, name));
  await viteBuild({
    root: app,
    configFile: false,
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir, target: 'es2022', minify: false, rollupOptions: { input } },
  });
  return outDir;
}

/** Starts Vite's development server on a free port of this machine alone. */
export async function startVite(app: string): Promise<ViteDevServer> {
  const server = await createViteServer({
    root: app,
    configFile: false,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, strictPort: false },
  });
  return server.listen();
}

/** Builds with webpack; gives the folder to serve. */
export async function bundleWithWebpack(app: string): Promise<string> {
  const path = join(app, 'out-webpack');
  const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) => {
    webpack(
      {
        mode: 'production',
        context: app,
        entry: { main: './src/main.js', 'worker-page': './src/worker-page.js' },
        output: { path, publicPath: '/' },
        optimization: { minimize: false },
      },
      (error, result) => (error ? reject(error) : resolve(result)),
    );
  });
  if (stats?.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
  await writeFile(join(path, 'index.html'), page('/main.js', 'defer'));
  await writeFile(join(path, 'worker.html'), page('/worker-page.js', 'defer'));
  return path;
}

/** Builds with esbuild, and with `copies` puts the wasm files where the README says; gives the folder to serve. */
export async function bundleWithEsbuild(app: string, { copies = false } = {}): Promise<string> {
  const outdir = join(app, 'out-esbuild');
  await writeFile(join(app, 'src/esbuild-page.js'), workerPage("new Worker('/worker.js', { type: 'module' })"));
  await esbuild({
    entryPoints: { main: 'src/main.js', worker: 'src/worker.js', 'worker-page': 'src/esbuild-page.js' },
    absWorkingDir: app,
    bundle: true,
    format: 'esm',
    splitting: true,
    target: 'es2022',
    outdir,
    logLevel: 'error',
  });
  if (copies) await copyWasm(app, join(outdir, 'wasm'));
  await writeFile(join(outdir, 'index.html'), page('/main.js'));
  await writeFile(join(outdir, 'worker.html'), page('/worker-page.js'));
  return outdir;
}

async function copyWasm(app: string, folder: string): Promise<void> {
  const dist = join(createRequire(join(app, 'package.json')).resolve('@tensorflow/tfjs-backend-wasm'), '..');
  await cp(dist, folder, { recursive: true, filter: (path) => path === dist || path.endsWith('.wasm') });
}

/** The lines that the README gives for files in a folder. */
export async function folderLines(): Promise<string> {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const section = readme.split('### Wasm in a bundle')[1]?.split('\n### ')[0] ?? '';
  const block = section.match(/^```ts\n([\s\S]*?)^```$/m)?.[1];
  if (!block) throw new Error('README.md should give lines for files in a folder.');
  return block;
}
