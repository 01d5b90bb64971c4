import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export const entries = ['index.ts', 'node/index.ts'] as const;

/** All of src with its types, from what its entries list. */
export function createSourceProgram(): ts.Program {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.createProgram(
    entries.map((entry) => `${root}src/${entry}`),
    { ...options, noEmit: true },
  );
}

/** The files of src that the program holds, with their paths below src. */
export function sourceFiles(program: ts.Program): [string, ts.SourceFile][] {
  const folder = `${root}src/`;
  return program
    .getSourceFiles()
    .filter(({ fileName }) => fileName.startsWith(folder))
    .map((file) => [file.fileName.slice(folder.length), file]);
}
