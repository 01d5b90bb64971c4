import type { Node, SourceFile } from 'typescript';

/** One broken rule, at one place of one source file. */
export interface Violation {
  /** File below `src`, with forward slashes. */
  readonly path: string;
  /** Line in the file, from 1. */
  readonly line: number;
  /** Short name of the rule. */
  readonly rule: Rule;
  /** What was found. */
  readonly found: string;
}

export type Rule =
  | 'layers'
  | 'packages'
  | 'node-modules'
  | 'no-index-imports'
  | 'relative-specifiers'
  | 'lists-only'
  | 'set-backend'
  | 'random-source'
  | 'synchronous-reads'
  | 'double-cast'
  | 'module-scope'
  | 'file-length';

export function violation(source: SourceFile, node: Node, rule: Rule, found: string): Violation {
  const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
  return { path: source.fileName, line: line + 1, rule, found };
}

export function inWords({ path, line, rule, found }: Violation): string {
  return `src/${path}:${line} [${rule}] ${found}`;
}
