import ts from 'typescript';
import { type Printed, readPrinted } from './printed-value.js';

/** A statement of an example whose value is known: compared with `printed`, or undefined beside a mere remark. */
export interface Shown {
  /** The statement without its comment, in one line. */
  readonly text: string;
  /** Where the value is written: an expression, or the name that the statement declares. */
  readonly value: ts.Expression | ts.Identifier;
  readonly statement: ts.Statement;
  readonly printed?: Printed;
}

/** Parses an example as a module, so that it may await. */
export function parseExample(text: string): ts.SourceFile {
  return ts.createSourceFile('example.ts', `${text}\nexport {};`, ts.ScriptTarget.ES2022, true);
}

/** The names that an example takes from elsewhere: those that stand for values or types and that it does not declare. */
export function freeNames(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isLabel(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const name of declaredNames(source)) names.delete(name);
  return names;
}

// A name that stands for nothing outside: `x` in `y.x`, `{ x: 1 }`, `import { x as y }` and a member called x.
function isLabel(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) return parent.name === node;
  if (ts.isImportSpecifier(parent) || ts.isBindingElement(parent)) return parent.propertyName === node;
  return ts.isClassElement(parent) || ts.isTypeElement(parent);
}

function declaredNames(source: ts.SourceFile): string[] {
  const names: string[] = [];
  const bind = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.push(name.text);
    else for (const element of name.elements) if (ts.isBindingElement(element)) bind(element.name);
  };
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) for (const each of statement.declarationList.declarations) bind(each.name);
    else if (ts.isImportDeclaration(statement)) names.push(...importedNames(statement));
    else if (isNamed(statement) && statement.name) names.push(statement.name.text);
  }
  return names;
}

function isNamed(node: ts.Statement): node is ts.FunctionDeclaration | ts.ClassDeclaration | ts.InterfaceDeclaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node)
  );
}

function importedNames({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  const named = !bindings ? [] : ts.isNamespaceImport(bindings) ? [bindings] : [...bindings.elements];
  return [importClause, ...named].flatMap((each) => each?.name?.text ?? []);
}

/**
 * The statements of an example beside which a comment stands, outside functions.
 *
 * @throws Error when a comment prints a result that belongs to no such statement, or that cannot be read.
 */
export function shownResults(source: ts.SourceFile): Shown[] {
  const found: Shown[] = [];
  const used = new Set<number>();
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    const comment = ts.isStatement(node) ? commentBeside(source, node) : undefined;
    const value = ts.isStatement(node) ? shownValue(node) : undefined;
    if (comment && value) {
      used.add(comment.pos);
      const shown = { text: node.getText(source), value, statement: node as ts.Statement };
      // Beside what sets a name any remark may stand, such as `1,000 orders`; elsewhere a result is expected.
      if (ts.isExpressionStatement(node) && !isAssignment(node.expression))
        found.push({ ...shown, printed: readPrinted(comment.text) });
      else if (isResult(comment.text)) found.push({ ...shown, printed: readPrinted(comment.text) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  refuseOtherResults(source, used);
  return found;
}

function isAssignment(node: ts.Expression): boolean {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function shownValue(node: ts.Statement): Shown['value'] | undefined {
  if (ts.isExpressionStatement(node)) return loggedValue(node.expression) ?? node.expression;
  if (!ts.isVariableStatement(node) || node.declarationList.declarations.length !== 1) return undefined;
  const { name } = node.declarationList.declarations[0]!;
  return ts.isIdentifier(name) ? name : undefined;
}

/** What `console.log(x)` logs. */
function loggedValue(expression: ts.Expression): ts.Expression | undefined {
  if (!ts.isCallExpression(expression) || expression.arguments.length !== 1) return undefined;
  return expression.expression.getText() === 'console.log' ? expression.arguments[0] : undefined;
}

function commentBeside(source: ts.SourceFile, statement: ts.Statement): { pos: number; text: string } | undefined {
  const [range] = ts.getTrailingCommentRanges(source.text, statement.end) ?? [];
  if (range?.kind !== ts.SyntaxKind.SingleLineCommentTrivia) return undefined;
  return { pos: range.pos, text: source.text.slice(range.pos + 2, range.end) };
}

function refuseOtherResults(source: ts.SourceFile, used: ReadonlySet<number>): void {
  for (const { pos, text } of lineComments(source)) {
    if (used.has(pos) || !isResult(text)) continue;
    throw new Error(`nothing compares the result in the comment: ${text.trim()}`);
  }
}

function isResult(text: string): boolean {
  try {
    return readPrinted(text) !== undefined;
  } catch {
    return false;
  }
}

function lineComments(source: ts.SourceFile): { pos: number; text: string }[] {
  const found = new Map<number, { pos: number; text: string }>();
  const visit = (node: ts.Node): void => {
    const ranges = [
      ...(ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(source.text, node.end) ?? []),
    ];
    for (const { pos, end, kind } of ranges) {
      if (kind !== ts.SyntaxKind.SingleLineCommentTrivia) continue;
      found.set(pos, { pos, text: source.text.slice(pos + 2, end) });
    }
    for (const child of node.getChildren(source)) visit(child);
  };
  visit(source);
  return [...found.values()];
}
