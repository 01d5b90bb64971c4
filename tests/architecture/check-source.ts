import ts from 'typescript';
import { checkImports, type PackageNames } from './import-rules.js';
import { checkIndex } from './index-rules.js';
import { checkModuleScope } from './module-scope-rules.js';
import type { Violation } from './violation.js';
import { checkWords } from './word-rules.js';

/**
 * Everything in one source file that breaks the rules of the house.
 *
 * @param path - File below `src`, with forward slashes, e.g. `gan/train-gan.ts`.
 * @param text - What the file holds.
 */
export function checkSource(path: string, text: string, packages: PackageNames): Violation[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  return [checkImports, checkIndex, checkModuleScope, checkWords].flatMap((check) => check(source, packages));
}
