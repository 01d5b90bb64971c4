import ts from 'typescript';
import { sourceFiles } from './source-program.js';

/**
 * Places that guess what a thing is from how it is written: the number of a function's parameters, a function's name, the
 * words of an error. A wrapper, a minifier or a better wording changes these, and then a result is wrong without a word.
 */
export function guesses(program: ts.Program): string[] {
  const checker = program.getTypeChecker();
  return sourceFiles(program).flatMap(([path, file]) => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAccessExpression(node)) {
        const fault = faultOf(checker, node);
        if (fault) found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${fault}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  });
}

function faultOf(checker: ts.TypeChecker, node: ts.PropertyAccessExpression): string | undefined {
  const property = node.name.text;
  if (!['length', 'name', 'message'].includes(property)) return undefined;
  const type = checker.getTypeAtLocation(node.expression);
  const isFunction = type.getCallSignatures().length > 0;
  if (isFunction && property === 'length') return `reads how many parameters ${node.expression.getText()} has`;
  if (isFunction && property === 'name' && decides(node)) return `decides by the name of ${node.expression.getText()}`;
  const isError = type.getProperty('stack') !== undefined;
  if (isError && property === 'message' && decides(node)) return `decides by the words of ${node.expression.getText()}`;
  if (property === 'name' && !isError && comparesWithText(node))
    return `decides by the name of ${node.expression.getText()}`;
  return undefined;
}

function comparesWithText({ parent }: ts.PropertyAccessExpression): boolean {
  return ts.isBinaryExpression(parent) && [parent.left, parent.right].some(ts.isStringLiteral);
}

// Compared, matched or searched; to quote it in another message is no decision.
function decides(node: ts.PropertyAccessExpression): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) {
    const kind = parent.operatorToken.kind;
    return kind === ts.SyntaxKind.EqualsEqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
  }
  if (ts.isPropertyAccessExpression(parent))
    return /^(includes|startsWith|endsWith|match|search)$/.test(parent.name.text);
  return ts.isCallExpression(parent) && /\.(test|exec|includes)$/.test(parent.expression.getText());
}
