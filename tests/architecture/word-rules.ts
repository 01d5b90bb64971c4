import ts from 'typescript';
import { type Violation, violation } from './violation.js';

const longestFile = 300;

/** Checks for things that only one file may say, or none. */
export function checkWords(source: ts.SourceFile): Violation[] {
  const found: Violation[] = [];
  const visit = (node: ts.Node): void => {
    found.push(...wordFaults(node, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  const lines = source.getLineStarts().length - 1;
  // The main index grows with the library; it is only a list.
  const isList = source.fileName === 'index.ts';
  if (lines > longestFile && !isList)
    found.push(violation(source, source, 'file-length', `${lines} lines, above ${longestFile}`));
  return found;
}

function wordFaults(node: ts.Node, source: ts.SourceFile): Violation[] {
  if (isName(node, 'setBackend') && source.fileName !== 'kernels/use-backend.ts') {
    return [violation(source, node, 'set-backend', 'only kernels/use-backend.ts may choose a backend')];
  }
  if (isName(node, 'dataSync') || isName(node, 'arraySync')) {
    return [violation(source, node, 'synchronous-reads', `${node.getText(source)} waits for the device`)];
  }
  if (isName(node, 'random') && isMemberOf(node, 'Math')) {
    return [violation(source, node, 'random-source', 'Math.random cannot be seeded')];
  }
  if (isDoubleCast(node)) {
    return [violation(source, node, 'double-cast', 'as unknown as')];
  }
  return [];
}

// A name as an identifier or in brackets with quotes: `x.dataSync()` and `x['dataSync']()` alike.
function isName(node: ts.Node, name: string): boolean {
  return (ts.isIdentifier(node) || (ts.isStringLiteral(node) && isBracketName(node))) && node.text === name;
}

function isBracketName(node: ts.StringLiteral): boolean {
  return ts.isElementAccessExpression(node.parent) && node.parent.argumentExpression === node;
}

// `Math.random`, `Math['random']` and `const { random } = Math`.
function isMemberOf(node: ts.Node, owner: string): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) {
    return parent.expression.getText() === owner;
  }
  if (!ts.isBindingElement(parent)) return false;
  const declaration = parent.parent.parent;
  return ts.isVariableDeclaration(declaration) && declaration.initializer?.getText() === owner;
}

function isDoubleCast(node: ts.Node): boolean {
  if (!ts.isAsExpression(node)) return false;
  let inner: ts.Node = node.expression;
  while (ts.isParenthesizedExpression(inner)) inner = inner.expression;
  return ts.isAsExpression(inner) && inner.type.kind === ts.SyntaxKind.UnknownKeyword;
}
