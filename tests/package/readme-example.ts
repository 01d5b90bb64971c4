import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';
import ts from 'typescript';

/** The first TypeScript block of the README, exactly as printed. */
export async function readmeExample(): Promise<string> {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const block = readme.match(/^```ts\n([\s\S]*?)^```$/m)?.[1];
  if (!block) throw new Error('README.md holds no ```ts block.');
  return block;
}

/** The example as an ES module: types taken out, if there are any. */
export async function asModule(example: string): Promise<string> {
  return (await transform(example, { loader: 'ts', format: 'esm', target: 'es2022' })).code;
}

/** The example as CommonJS: imports become `require`, and what awaits stands in an async function. */
export async function asCommonJs(example: string): Promise<string> {
  const source = ts.createSourceFile('example.ts', example, ts.ScriptTarget.ES2022, true);
  const textOf = (statements: readonly ts.Statement[]) => statements.map((each) => each.getFullText()).join('');
  const imports = source.statements.filter(ts.isImportDeclaration);
  const rest = source.statements.filter((statement) => !ts.isImportDeclaration(statement));
  const wrapped = `${textOf(imports)}\nasync function main() {${textOf(rest)}\n}\nmain();\n`;
  return (await transform(wrapped, { loader: 'ts', format: 'cjs', target: 'es2022' })).code;
}
