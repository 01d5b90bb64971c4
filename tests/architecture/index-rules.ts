import ts from 'typescript';
import { type Violation, violation } from './violation.js';

/** An index file is a list: `export { a, type B } from './c.js';` and nothing else. */
export function checkIndex(source: ts.SourceFile): Violation[] {
  if (!/(^|\/)index\.ts$/.test(source.fileName)) return [];
  return source.statements
    .filter((statement) => !isNamedReExport(statement))
    .map((statement) => violation(source, statement, 'lists-only', `holds '${firstLine(statement, source)}'`));
}

function isNamedReExport(statement: ts.Statement): boolean {
  if (!ts.isExportDeclaration(statement) || !statement.exportClause) return false;
  if (!ts.isNamedExports(statement.exportClause)) return false;
  // `export {}` is an empty list.
  return statement.moduleSpecifier !== undefined || statement.exportClause.elements.length === 0;
}

function firstLine(node: ts.Node, source: ts.SourceFile): string {
  return node.getText(source).split('\n')[0] ?? '';
}
