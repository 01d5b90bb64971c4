import ts from 'typescript';
import type { DocTag, PublicDoc } from './collect-examples.js';

const tagOrder = ['param', 'returns', 'throws', 'see', 'example'];

/** What a docstring of something public lacks of STYLE.md, section 2, as far as a program can tell. */
export function docFaults(doc: PublicDoc, checker: ts.TypeChecker): string[] {
  const faults = [...summaryFaults(doc), ...tagFaults(doc)];
  if (doc.kind === 'other') return [...faults, ...defaultFaults(doc, checker)];
  if (!doc.tags.some(({ name }) => name === 'example')) faults.push('has no @example');
  const signature = doc.kind === 'function' ? signatureOf(doc.declaration, checker) : undefined;
  if (!signature) return faults;
  return [
    ...faults,
    ...parameterFaults(doc, signature, checker),
    ...resultFaults(doc, signature, checker),
    ...throwFaults(doc),
  ];
}

/** Whether a function gives nothing whose result an example could show: no value, or one that is iterated over. */
export function showsNothing(doc: PublicDoc, checker: ts.TypeChecker): boolean {
  const signature = doc.kind === 'function' ? signatureOf(doc.declaration, checker) : undefined;
  if (!signature) return true;
  const result = resultOf(signature, checker);
  return isVoid(result) || result.symbol?.name === 'AsyncGenerator';
}

function summaryFaults({ summary }: PublicDoc): string[] {
  if (summary === '') return ['has no summary'];
  return /^[A-Z`][\s\S]*[.:]$/.test(summary) ? [] : ['has a summary that is no sentence'];
}

function tagFaults({ tags }: PublicDoc): string[] {
  const known = tags.map(({ name }) => tagOrder.indexOf(name));
  const strange = tags.filter((_, index) => known[index] === -1).map(({ name }) => `has an unknown tag, @${name}`);
  const sorted = known.every((place, index) => index === 0 || place >= known[index - 1]!);
  const sources = tags.filter(({ name, text }) => name === 'see' && !/^\S.*,\s".+"\s\(\d{4}\)/s.test(text));
  return [
    ...strange,
    ...(sorted ? [] : [`has tags in another order than ${tagOrder.map((name) => `@${name}`).join(', ')}`]),
    ...sources.map(({ text }) => `has a @see that is not author, "title" (year): ${text}`),
  ];
}

function parameterFaults({ tags }: PublicDoc, signature: ts.Signature, checker: ts.TypeChecker): string[] {
  return signature.getParameters().flatMap((parameter) => {
    const tag = tags.find(({ name, subject }) => name === 'param' && subject === parameter.name);
    const text = tag?.text.replace(/^-\s*/, '');
    if (!text) return parameter.name === 'options' ? [] : [`has no @param ${parameter.name}`];
    const type = checker.getTypeOfSymbolAtLocation(parameter, signature.getDeclaration());
    const isShapeless = isMadeOf(type, ['Tensor']) && !/`\[|shape|^As \{@link/i.test(text);
    return isShapeless ? [`has a @param ${parameter.name} that names no shape`] : [];
  });
}

function resultFaults({ tags }: PublicDoc, signature: ts.Signature, checker: ts.TypeChecker): string[] {
  const result = resultOf(signature, checker);
  const returns = tags.find(({ name }) => name === 'returns');
  if (isVoid(result)) return returns ? ['has a @returns and returns nothing'] : [];
  if (!returns?.text) return ['has no @returns'];
  const isOwned = isMadeOf(result, ['Tensor', 'LayersModel', 'Sequential']);
  return isOwned && !/\bdispos/i.test(returns.text) ? ['has a @returns that does not say who disposes'] : [];
}

// Only what the function itself refuses; what it calls may refuse more.
function throwFaults({ declaration, tags }: PublicDoc): string[] {
  let refuses = false;
  const visit = (node: ts.Node): void => {
    if (ts.isThrowStatement(node)) refuses = true;
    if (ts.isCallExpression(node) && /^(refuse$|require[A-Z])/.test(node.expression.getText())) refuses = true;
    ts.forEachChild(node, visit);
  };
  visit(declaration);
  return refuses && !tags.some(isThrows) ? ['refuses input and has no @throws'] : [];
}

function isThrows({ name, text }: DocTag): boolean {
  return name === 'throws' && text !== '';
}

// An option that may be left out says what it is then.
function defaultFaults({ declaration }: PublicDoc, checker: ts.TypeChecker): string[] {
  if (!ts.isInterfaceDeclaration(declaration)) return [];
  return declaration.members.filter(ts.isPropertySignature).flatMap((member) => {
    const type = checker.getNonNullableType(checker.getTypeAtLocation(member));
    const plain = ts.TypeFlags.NumberLike | ts.TypeFlags.StringLike | ts.TypeFlags.BooleanLike;
    const isPlain = type.isUnion() ? type.types.every(({ flags }) => flags & plain) : (type.flags & plain) !== 0;
    if (!member.questionToken || !isPlain) return [];
    const text = ts
      .getJSDocCommentsAndTags(member)
      .map((comment) => comment.getText())
      .join('\n');
    return /default|either|\bAs `/i.test(text) ? [] : [`does not say what \`${member.name.getText()}\` is by default`];
  });
}

function signatureOf(declaration: ts.Declaration, checker: ts.TypeChecker): ts.Signature | undefined {
  return checker.getTypeAtLocation(declaration).getCallSignatures()[0];
}

/** The result, awaited. */
function resultOf(signature: ts.Signature, checker: ts.TypeChecker): ts.Type {
  const type = signature.getReturnType();
  return checker.getAwaitedType(type) ?? type;
}

function isVoid(type: ts.Type): boolean {
  return (type.flags & (ts.TypeFlags.Void | ts.TypeFlags.Undefined)) !== 0;
}

function isMadeOf(type: ts.Type, names: readonly string[]): boolean {
  if (type.isUnion()) return type.types.some((each) => isMadeOf(each, names));
  return names.includes(type.symbol?.name ?? '');
}
