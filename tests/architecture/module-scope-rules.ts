import ts from 'typescript';
import { type Violation, violation } from './violation.js';

/**
 * Finds what runs when a module is loaded, which bundlers must therefore keep: calls without a PURE annotation,
 * statements, enums, static blocks, and classes that extend a member of a namespace.
 */
export function checkModuleScope(source: ts.SourceFile): Violation[] {
  const found: Violation[] = [];
  const visit = (node: ts.Node): void => {
    const fault = moduleScopeFault(node, source);
    if (fault) found.push(violation(source, node, 'module-scope', fault));
    for (const child of runningChildren(node)) visit(child);
  };
  ts.forEachChild(source, visit);
  return found;
}

function moduleScopeFault(node: ts.Node, source: ts.SourceFile): string | undefined {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    return isAnnotatedPure(node, source) ? undefined : `calls ${node.expression.getText(source)} when loaded`;
  }
  if (ts.isTaggedTemplateExpression(node)) return `calls ${node.tag.getText(source)} when loaded`;
  if (ts.isAwaitExpression(node)) return 'awaits when loaded';
  if (ts.isClassStaticBlockDeclaration(node)) return 'runs a static block when loaded';
  if (ts.isDecorator(node)) return 'runs a decorator when loaded';
  if (ts.isEnumDeclaration(node)) return 'an enum is built by a call when loaded';
  if (ts.isHeritageClause(node)) return heritageFault(node, source);
  return isStatementThatRuns(node) ? `runs '${firstLine(node, source)}' when loaded` : undefined;
}

function heritageFault(clause: ts.HeritageClause, source: ts.SourceFile): string | undefined {
  const [parent] = clause.types;
  if (clause.token !== ts.SyntaxKind.ExtendsKeyword || !parent || !ts.isClassLike(clause.parent)) return undefined;
  if (!ts.isPropertyAccessExpression(parent.expression)) return undefined;
  return `a class extends ${parent.expression.getText(source)}, so no bundler drops it`;
}

function isStatementThatRuns(node: ts.Node): boolean {
  return (
    ts.isExpressionStatement(node) ||
    ts.isIfStatement(node) ||
    ts.isIterationStatement(node, false) ||
    ts.isTryStatement(node) ||
    ts.isSwitchStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isBlock(node)
  );
}

/** The children that run together with `node`: no function bodies, no types, nothing that instances run later. */
function runningChildren(node: ts.Node): ts.Node[] {
  if (ts.isFunctionLike(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return [];
  if (ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node)) return [];
  if (ts.isPropertyDeclaration(node) && !isStatic(node)) return [];
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  // `extends f()` runs; the clause itself is a type node only for interfaces.
  return ts.isHeritageClause(node) ? node.types.map((type) => type.expression) : children;
}

function isStatic(node: ts.PropertyDeclaration): boolean {
  return node.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword) ?? false;
}

function isAnnotatedPure(node: ts.Node, source: ts.SourceFile): boolean {
  return /[@#]__PURE__/.test(source.text.slice(node.getFullStart(), node.getStart(source)));
}

function firstLine(node: ts.Node, source: ts.SourceFile): string {
  return node.getText(source).split('\n')[0] ?? '';
}
