import ts from 'typescript';
import { type Violation, violation } from './violation.js';

/** An index file is a list: `export { a, type B } from './c.js';`, whole lists (`export * from './d/index.js';`) and nothing else. */
export function checkIndex(source: ts.SourceFile): Violation[] {
  if (!/(^|\/)index\.ts$/.test(source.fileName)) return [];
  return source.statements
    .filter((statement) => !isNamedReExport(statement) && !isWholeList(statement))
    .map((statement) => violation(source, statement, 'lists-only', `holds '${firstLine(statement, source)}'`));
}

function isNamedReExport(statement: ts.Statement): boolean {
  if (!ts.isExportDeclaration(statement) || !statement.exportClause) return false;
  if (!ts.isNamedExports(statement.exportClause)) return false;
  // `export {}` is an empty list.
  return statement.moduleSpecifier !== undefined || statement.exportClause.elements.length === 0;
}

function isWholeList(statement: ts.Statement): boolean {
  if (!ts.isExportDeclaration(statement) || statement.exportClause || !statement.moduleSpecifier) return false;
  return ts.isStringLiteral(statement.moduleSpecifier) && /(^|\/)index\.js$/.test(statement.moduleSpecifier.text);
}

/** The names that an index file lists itself. */
export function namesListed(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause) return [];
    return ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements.map(({ name }) => name.text)
      : [];
  });
}

function firstLine(node: ts.Node, source: ts.SourceFile): string {
  return node.getText(source).split('\n')[0] ?? '';
}
