// What an expression of the sources may say as a text, as far as it can be told without running it.
import ts from 'typescript';

/** A place of a text that callers fill: a parameter, read as a text or as a list of texts, or a property of an object. */
export interface Hole {
  readonly kind: 'text' | 'list' | 'property';
  readonly declaration: ts.Declaration;
}

/** A text in pieces. What cannot be told is an ellipsis. */
export type Pieces = readonly (string | Hole)[];

const unknown: readonly Pieces[] = [['…']];
/** More different texts than this are not told apart. */
const mostTexts = 24;
const deepest = 8;
/** Properties that carry a function's name, or an argument's, from one function to another. */
const carriers = /^(where|argument|argumentName)$/;

/** Every text that an expression may give. */
export function textsOf(checker: ts.TypeChecker, node: ts.Expression, depth = 0): readonly Pieces[] {
  const again = (each: ts.Expression) => textsOf(checker, each, depth + 1);
  if (depth > deepest) return unknown;
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return [[node.text]];
  if (ts.isTemplateExpression(node)) {
    const parts = node.templateSpans.flatMap((span) => [again(span.expression), [[span.literal.text]]]);
    return joined([[[node.head.text]], ...parts]);
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    return again(node.operand).map((text) => ['-', ...text]);
  }
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) return again(node.expression);
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) return again(node.expression);
  if (ts.isConditionalExpression(node)) return [...again(node.whenTrue), ...again(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return ofBinary(node, again);
  if (ts.isPropertyAccessExpression(node)) return ofProperty(checker, node);
  if (ts.isIdentifier(node)) return ofName(checker, node, depth);
  if (ts.isCallExpression(node)) return ofCall(checker, node, depth);
  return unknown;
}

function ofBinary(node: ts.BinaryExpression, again: (each: ts.Expression) => readonly Pieces[]): readonly Pieces[] {
  const kind = node.operatorToken.kind;
  if (kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken) {
    return [...again(node.left), ...again(node.right)];
  }
  return unknown;
}

function ofProperty(checker: ts.TypeChecker, node: ts.PropertyAccessExpression): readonly Pieces[] {
  if (!carriers.test(node.name.text)) return unknown;
  const declaration = checker.getSymbolAtLocation(node.name)?.declarations?.[0];
  // What an error that was caught says is what other calls say already.
  const isCaught =
    declaration && ts.isInterfaceDeclaration(declaration.parent) && declaration.parent.name.text === 'Refused';
  return declaration && !isCaught ? [[{ kind: 'property', declaration }]] : unknown;
}

function ofName(checker: ts.TypeChecker, node: ts.Identifier, depth: number): readonly Pieces[] {
  const declaration = declarationOf(checker, node);
  if (!declaration) return unknown;
  if (ts.isParameter(declaration)) return [[{ kind: 'text', declaration }]];
  if (ts.isBindingElement(declaration)) return ofElement(checker, declaration);
  if (!ts.isVariableDeclaration(declaration)) return unknown;
  if (!(declaration.parent.flags & ts.NodeFlags.Const)) return unknown;
  if (declaration.initializer) return textsOf(checker, declaration.initializer, depth + 1);
  const loop = declaration.parent.parent;
  if (!ts.isForOfStatement(loop)) return unknown;
  const each = listOf(checker, loop.expression, depth + 1);
  return each && !('kind' in each) ? each : unknown;
}

// A name taken out of an object: of what a caller gives, or of pairs that are written down.
function ofElement(checker: ts.TypeChecker, declaration: ts.BindingElement): readonly Pieces[] {
  const name = (declaration.propertyName ?? declaration.name).getText();
  if (!carriers.test(name)) return unknown;
  const property = checker.getTypeAtLocation(declaration.parent).getProperty(name)?.declarations?.[0];
  return property ? [[{ kind: 'property', declaration: property }]] : unknown;
}

// Of a function with one return alone, with what it is given here; and of lists that are joined.
function ofCall(checker: ts.TypeChecker, node: ts.CallExpression, depth: number): readonly Pieces[] {
  const { expression, arguments: given } = node;
  if (ts.isPropertyAccessExpression(expression) && expression.name.text === 'join') {
    return ofJoin(checker, expression.expression, depth);
  }
  if (ts.isIdentifier(expression) && expression.text === 'String' && given[0]) {
    return textsOf(checker, given[0], depth + 1);
  }
  const declaration = ts.isIdentifier(expression) ? declarationOf(checker, expression) : undefined;
  const routine = declaration && functionOf(declaration);
  const result = routine && resultOf(routine);
  if (!routine || !result) return unknown;
  return fill(textsOf(checker, result, depth + 1), (hole) => {
    if (hole.kind === 'property' || hole.declaration.parent !== routine) return undefined;
    return ofArgument(checker, hole, routine, given, depth + 1);
  });
}

function ofJoin(checker: ts.TypeChecker, node: ts.Expression, depth: number): readonly Pieces[] {
  const isMapped =
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'map';
  const list = isMapped ? (node.expression as ts.PropertyAccessExpression).expression : node;
  const found = listOf(checker, list, depth + 1);
  if (!found) return unknown;
  return 'kind' in found ? [[found]] : [listed(found)];
}

const listed = (texts: readonly Pieces[]): Pieces => [
  texts.map((pieces) => `'${pieces.map((piece) => (typeof piece === 'string' ? piece : '…')).join('')}'`).join(', '),
];

/** The texts of a list that is written down, or the parameter that it is. */
function listOf(checker: ts.TypeChecker, node: ts.Expression, depth: number): readonly Pieces[] | Hole | undefined {
  if (depth > deepest) return undefined;
  if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node) || ts.isSatisfiesExpression(node)) {
    return listOf(checker, node.expression, depth + 1);
  }
  if (ts.isArrayLiteralExpression(node)) {
    if (node.elements.some(ts.isSpreadElement)) return undefined;
    return node.elements.flatMap((each) => textsOf(checker, each, depth + 1));
  }
  if (ts.isCallExpression(node) && node.expression.getText() === 'Object.keys' && node.arguments[0]) {
    return keysOf(checker, node.arguments[0]);
  }
  const declaration = ts.isIdentifier(node) ? declarationOf(checker, node) : undefined;
  if (!declaration) return undefined;
  if (ts.isParameter(declaration)) return { kind: 'list', declaration };
  const written = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return written && listOf(checker, written, depth + 1);
}

function keysOf(checker: ts.TypeChecker, node: ts.Expression): readonly Pieces[] | undefined {
  const declaration = ts.isIdentifier(node) ? declarationOf(checker, node) : undefined;
  let written: ts.Expression | undefined =
    declaration && ts.isVariableDeclaration(declaration) ? declaration.initializer : node;
  while (written && (ts.isAsExpression(written) || ts.isSatisfiesExpression(written))) written = written.expression;
  if (!written || !ts.isObjectLiteralExpression(written)) return undefined;
  return written.properties.flatMap(({ name }) =>
    name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [[name.text]] : [],
  );
}

/** What a call gives for a parameter: its argument, the parameter's default, or nothing that can be told. */
export function ofArgument(
  checker: ts.TypeChecker,
  { kind, declaration }: Hole,
  routine: ts.SignatureDeclaration,
  given: readonly ts.Expression[],
  depth = 0,
): readonly Pieces[] {
  const parameter = declaration as ts.ParameterDeclaration;
  const argument = given[routine.parameters.indexOf(parameter)] ?? parameter.initializer;
  if (!argument) return unknown;
  if (kind === 'text') return textsOf(checker, argument, depth);
  const list = listOf(checker, argument, depth);
  if (!list) return unknown;
  return 'kind' in list ? [[list]] : [listed(list)];
}

/** The texts with their holes filled as `filling` says; a hole for which it says nothing stays. */
export function fill(
  texts: readonly Pieces[],
  filling: (hole: Hole) => readonly Pieces[] | undefined,
): readonly Pieces[] {
  return texts.flatMap((pieces) =>
    joined(pieces.map((piece) => (typeof piece === 'string' ? [[piece]] : (filling(piece) ?? [[piece]])))),
  );
}

// Every way to put one text behind the other.
function joined(parts: readonly (readonly Pieces[])[]): readonly Pieces[] {
  let whole: readonly Pieces[] = [[]];
  for (const texts of parts) {
    const longer = whole.flatMap((start) => texts.map((end) => [...start, ...end]));
    whole = longer.length > mostTexts ? whole.map((start) => [...start, '…']) : longer;
  }
  return whole;
}

/** What a name stands for, wherever it is imported from. */
export function symbolOf(checker: ts.TypeChecker, node: ts.Node): ts.Symbol | undefined {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function declarationOf(checker: ts.TypeChecker, node: ts.Node): ts.Declaration | undefined {
  const symbol = symbolOf(checker, node);
  return symbol?.valueDeclaration ?? symbol?.declarations?.[0];
}

/** The function that a declaration is, or holds. */
export function functionOf(declaration: ts.Declaration): ts.FunctionLikeDeclaration | undefined {
  if (ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration)) {
    const { initializer } = declaration;
    const isRoutine = initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
    return isRoutine ? initializer : undefined;
  }
  return ts.isFunctionLike(declaration) && 'body' in declaration
    ? (declaration as ts.FunctionLikeDeclaration)
    : undefined;
}

function resultOf({ body }: ts.FunctionLikeDeclaration): ts.Expression | undefined {
  if (!body || !ts.isBlock(body)) return body;
  const last = body.statements.at(-1);
  const others = body.statements.slice(0, -1);
  return last && ts.isReturnStatement(last) && others.every(ts.isVariableStatement) ? last.expression : undefined;
}
