import { readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** Folder of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Texts that stand for files, by absolute path: nothing is written. */
export type VirtualFiles = ReadonlyMap<string, string>;

/** A place in the repository, such as `src/gan/train-gan.ts`. */
export function inRepository(path: string): string {
  return relative(root, path).split(sep).join('/');
}

/** The public entries, from the exports map of package.json: `minimart/gan` and its source file. */
export function entryPoints(): { readonly specifier: string; readonly file: string }[] {
  const manifest: { exports: Record<string, unknown> } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.keys(manifest.exports)
    .filter((path) => !path.endsWith('.json'))
    .map((path) => ({ specifier: path.replace(/^\./, 'minimart'), file: join(root, 'src', path, 'index.ts') }));
}

// Parsed files of the repository and its packages, so that a second program in the same test file costs little.
const parsed = new Map<string, ts.SourceFile | undefined>();

/** A program over source files, all public entries if not told otherwise, and virtual ones, in strict mode. */
export function createProgram(files: VirtualFiles, sources = entryPoints().map(({ file }) => file)): ts.Program {
  const options = strictOptions();
  const host = ts.createCompilerHost(options, true);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, ...rest) => {
    const text = files.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, rest[0], true);
    if (!parsed.has(path)) parsed.set(path, getSourceFile(path, ...rest));
    return parsed.get(path);
  };
  return ts.createProgram([...sources, ...files.keys()], options, host);
}

function strictOptions(): ts.CompilerOptions {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} };
  const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, host);
  if (!config?.options.strict) throw new Error('tsconfig.json cannot be read, or is not strict.');
  // An example may show a result in a statement or a name that nothing uses, and import a type like a value.
  const looser = { noUnusedLocals: false, noUnusedParameters: false, verbatimModuleSyntax: false };
  return { ...config.options, ...looser, allowUnusedLabels: true };
}
