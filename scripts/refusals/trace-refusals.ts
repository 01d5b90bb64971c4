// Every refusal of the sources, followed up to the functions that say their names.
import { basename } from 'node:path';
import ts from 'typescript';
import { fill, functionOf, type Hole, ofArgument, type Pieces, symbolOf, textsOf } from './texts.js';

/** What an error says: `where`: `name` must `rule`. */
export interface Refusal {
  readonly where: string;
  readonly name: string;
  readonly rule: string;
}

/** A call that words an error, and where its function's name, the argument and the rule stand among what it is given. */
interface Sink {
  readonly call: string;
  /** The file that has the function, or class. */
  readonly file: string;
  /** What a call of it is given as the function's name, the argument and the rule. */
  texts(call: Call, textsOf: (node: ts.Expression) => readonly Pieces[]): readonly (readonly Pieces[])[] | undefined;
}

const inOrder: Sink['texts'] = ({ arguments: given = [] }, textsOf) => {
  const [where, name, rule] = given;
  return where && name && rule && [textsOf(where), textsOf(name), textsOf(rule)];
};

// Its rule ends as its options say, which are no texts.
const ofRange: Sink['texts'] = ({ arguments: given = [] }, textsOf) => {
  const [where, name, , low, high, options] = given;
  if (!where || !name || !low || !high) return undefined;
  const end = options?.getText().includes('closed: true') ? ']' : ')';
  const rule = textsOf(low).flatMap((from) =>
    textsOf(high).map((to) => ['be a number in [', ...from, ', ', ...to, end]),
  );
  return [textsOf(where), textsOf(name), rule];
};

// Open above where no end is given.
const ofWholeNumber: Sink['texts'] = ({ arguments: given = [] }, textsOf) => {
  const [where, name, , low, high] = given;
  if (!where || !name) return undefined;
  const from = low ? textsOf(low) : [['0']];
  const ends = high && from.flatMap((start) => textsOf(high).map((end) => [...start, ' to ', ...end]));
  const rule = ends
    ? ends.map((range) => ['be a whole number from ', ...range])
    : from.map((start) => ['be a whole number >= ', ...start]);
  return [textsOf(where), textsOf(name), rule];
};

const ofTypedArray: Sink['texts'] = ({ arguments: given = [] }, textsOf) => {
  const [where, name, , type] = given;
  if (!where || !name || !type) return undefined;
  const text = /^[A-Z]\w+Array$/.test(type.getText()) ? type.getText() : '…';
  return [textsOf(where), textsOf(name), [[`be a ${text}`]]];
};

const sinks: readonly Sink[] = [
  { call: 'refuse', file: 'require.ts', texts: inOrder },
  { call: 'refusal', file: 'require.ts', texts: inOrder },
  { call: 'requireBetween', file: 'require.ts', texts: ofRange },
  { call: 'requireWholeNumber', file: 'require.ts', texts: ofWholeNumber },
  { call: 'requireArray', file: 'require.ts', texts: ofTypedArray },
];
const border = '\n';

/** The refusals of some source files, each once. */
export function traceRefusals(program: ts.Program, files: readonly ts.SourceFile[]): readonly Refusal[] {
  const checker = program.getTypeChecker();
  const sites = sitesOf(checker, files);
  const seen = new Set<string>();
  const found = new Set<string>();
  const climb = (text: Pieces, path: readonly ts.Node[]): void => {
    const hole = text.find((piece): piece is Hole => typeof piece !== 'string');
    if (!hole) {
      found.add(text.join(''));
      return;
    }
    const key = keyOf(text);
    if (seen.has(key)) return;
    seen.add(key);
    const from = hole.kind === 'property' ? hole.declaration : hole.declaration.parent;
    // A function that calls itself is followed once, and then left.
    const visits = path.filter((each) => each === from).length;
    const isNew = ({ site }: Filling) => visits === 0 || !ts.findAncestor(site, (node) => node === from);
    const fillings =
      visits > 1
        ? []
        : sites
            .fillings(hole)
            .filter(isNew)
            .map(({ fill: filling }) => filling);
    const untold = (each: Hole) => (each.declaration === hole.declaration ? [['…']] : undefined);
    for (const filling of fillings.length > 0 ? fillings : [untold]) {
      for (const next of fill([text], filling)) climb(next, [...path, from]);
    }
  };
  for (const text of sites.said()) climb(text, []);
  return [...found].map((text) => {
    const [where = '', name = '', rule = ''] = text.split(border);
    return { where, name, rule };
  });
}

const numbers = new Map<ts.Node, number>();

function keyOf(text: Pieces): string {
  return text
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      if (!numbers.has(piece.declaration)) numbers.set(piece.declaration, numbers.size);
      return `\0${piece.kind}${numbers.get(piece.declaration)}\0`;
    })
    .join('');
}

/** What one place in the sources puts into a hole. */
interface Filling {
  readonly site: ts.Node;
  fill(hole: Hole): readonly Pieces[] | undefined;
}

/** Where functions are called, and properties given, in some files. */
function sitesOf(checker: ts.TypeChecker, files: readonly ts.SourceFile[]) {
  const { calls, properties } = collect(files);
  const fillings = new Map<ts.Declaration, readonly Filling[]>();
  return {
    /** What the calls that word errors say, with the holes that their callers fill. */
    said(): readonly Pieces[] {
      return sinks.flatMap(({ call: name, file, texts }) =>
        (calls.get(name) ?? [])
          .filter((call) => isFrom(checker, call, file) && !isReadAtCalls(call))
          .flatMap((call) => {
            const [where, argument, rule] = texts(call, (node) => textsOf(checker, node)) ?? [];
            if (!where || !argument || !rule) return [];
            return where.flatMap((a) => argument.flatMap((b) => rule.map((c) => [...a, border, ...b, border, ...c])));
          }),
      );
    },
    /** The ways in which callers fill a hole, one for each. */
    fillings(hole: Hole): readonly Filling[] {
      const known = fillings.get(hole.declaration);
      if (known) return known;
      const made = waysTo(hole);
      fillings.set(hole.declaration, made);
      return made;
    },
  };
  function waysTo(hole: Hole): readonly Filling[] {
    if (hole.kind === 'property') {
      const name = (hole.declaration as ts.NamedDeclaration).name?.getText() ?? '';
      return (properties.get(name) ?? [])
        .filter((node) => isPropertyOf(checker, node, hole.declaration))
        .map((node) => ({
          site: node,
          fill: (each) => (each.declaration === hole.declaration ? givenBy(checker, node) : undefined),
        }));
    }
    const routine = hole.declaration.parent as ts.SignatureDeclaration;
    return (calls.get(nameOf(routine)) ?? [])
      .filter((call) => isCallOf(checker, call, routine))
      .map((call) => ({
        site: call,
        fill: (each) =>
          each.kind !== 'property' && each.declaration.parent === routine
            ? ofArgument(checker, each, routine, call.arguments ?? [])
            : undefined,
      }));
  }
}

type Call = ts.CallExpression | ts.NewExpression;
type Given = ts.PropertyAssignment | ts.ShorthandPropertyAssignment;

function collect(files: readonly ts.SourceFile[]) {
  const calls = new Map<string, Call[]>();
  const properties = new Map<string, Given[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) add(calls, calleeOf(node)?.text, node);
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) {
      add(properties, node.name.getText(), node);
    }
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(file);
  return { calls, properties };
}

function add<T>(lists: Map<string, T[]>, name: string | undefined, value: T): void {
  if (name === undefined) return;
  const list = lists.get(name);
  if (list) list.push(value);
  else lists.set(name, [value]);
}

function calleeOf({ expression }: Call): ts.Identifier | undefined {
  const node = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  return ts.isIdentifier(node) ? node : undefined;
}

function nameOf(routine: ts.SignatureDeclaration): string {
  const named = ts.isConstructorDeclaration(routine) ? routine.parent : routine.name ? routine : routine.parent;
  return (named as ts.NamedDeclaration).name?.getText() ?? '';
}

// What these functions of require.ts say is read at the calls of them.
function isReadAtCalls(call: Call): boolean {
  const name = ts.findAncestor(call, ts.isFunctionDeclaration)?.name?.text ?? '';
  if (name === 'requireArray') return call.getText().includes('type.name');
  return /^(refuse|requireBetween|requireWholeNumber)$/.test(name);
}

function isFrom(checker: ts.TypeChecker, call: Call, file: string): boolean {
  return declarationsOf(checker, calleeOf(call)!).some((each) => basename(each.getSourceFile().fileName) === file);
}

function isCallOf(checker: ts.TypeChecker, call: Call, routine: ts.SignatureDeclaration): boolean {
  const called = declarationsOf(checker, calleeOf(call)!);
  if (ts.isConstructorDeclaration(routine)) return called.includes(routine.parent);
  return (
    called.some((each) => each === routine || functionOf(each) === routine) ||
    called.some((each) => isMember(checker, routine, each))
  );
}

// A function of an object that is written down is called by the name that the object's type has for it.
function isMember(checker: ts.TypeChecker, routine: ts.SignatureDeclaration, called: ts.Declaration): boolean {
  const member = ts.isMethodDeclaration(routine) ? routine : routine.parent;
  if (!member || !ts.isObjectLiteralElement(member)) return false;
  return isPropertyOf(checker, member, called);
}

function isPropertyOf(checker: ts.TypeChecker, node: ts.ObjectLiteralElement, property: ts.Declaration): boolean {
  if (node === property) return true;
  const object = node.parent;
  if (!ts.isObjectLiteralExpression(object) || !node.name) return false;
  const type = checker.getContextualType(object);
  return type?.getProperty(node.name.getText())?.declarations?.includes(property) ?? false;
}

function givenBy(checker: ts.TypeChecker, node: Given): readonly Pieces[] {
  return textsOf(checker, ts.isPropertyAssignment(node) ? node.initializer : node.name);
}

function declarationsOf(checker: ts.TypeChecker, node: ts.Node): readonly ts.Declaration[] {
  return symbolOf(checker, node)?.declarations ?? [];
}
