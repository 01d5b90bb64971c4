import { fileURLToPath } from 'node:url';
import type ts from 'typescript';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export const entries = ['index.ts', 'node/index.ts', 'report/index.ts', 'wasm/index.ts'] as const;

/** The files of src that the program holds, with their paths below src. */
export function sourceFiles(program: ts.Program): [string, ts.SourceFile][] {
  const folder = `${root}src/`;
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(folder))
    .map((file) => [file.fileName.slice(folder.length), file]);
}
