import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { isBuilt } from './is-built.js';
import { mustRun } from './run-command.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The packed package. */
    tarball: string;
    /** An app with `"type": "module"` that has the package and its peers installed. */
    esmApp: string;
    /** The same with `"type": "commonjs"`. */
    cjsApp: string;
    /** The same with TypeScript's `module: nodenext`. */
    typedApp: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const peers = ['core', 'layers', 'backend-cpu', 'backend-wasm'].map((name) => `@tensorflow/tfjs-${name}@4.22`);

/** Packs the package once, and installs it into three apps outside the repository. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'minimart-package-'));
  // What was just built is not built again.
  const asItIs = (await isBuilt(root)) ? ['--ignore-scripts'] : [];
  await mustRun('npm', ['pack', ...asItIs, '--pack-destination', folder], root);
  const tarball = join(folder, (await readdir(folder)).find((name) => name.endsWith('.tgz'))!);
  const esmApp = await makeApp(folder, 'esm', 'module');
  await mustRun('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball, ...peers], esmApp);
  project.provide('tarball', tarball);
  project.provide('esmApp', esmApp);
  project.provide('cjsApp', await makeApp(folder, 'cjs', 'commonjs', esmApp));
  project.provide('typedApp', await makeApp(folder, 'typed', 'module', esmApp));
  return () => rm(folder, { recursive: true, force: true });
}

/** An app that is empty, or holds the same installed packages as another. */
async function makeApp(parent: string, name: string, type: string, like?: string): Promise<string> {
  const app = join(parent, name);
  await mkdir(app);
  await writeFile(join(app, 'package.json'), JSON.stringify({ name, type, private: true }));
  if (like) await cp(join(like, 'node_modules'), join(app, 'node_modules'), { recursive: true });
  return app;
}
