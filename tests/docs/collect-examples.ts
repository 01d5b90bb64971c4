import ts from 'typescript';
import { entryPoints } from './project.js';

/** One tag of a docstring: `@param x - Text` has the name `param`, the subject `x` and the text. */
export interface DocTag {
  readonly name: string;
  readonly subject?: string;
  readonly text: string;
}

/** A piece of TypeScript in a docstring or on a page. */
export interface Example {
  /** What it belongs to, such as `trainGan` or `README.md`. */
  readonly title: string;
  readonly file: string;
  /** Line of the file where the text begins, from 1. */
  readonly line: number;
  readonly text: string;
}

/** What users can import, with its docstring. */
export interface PublicDoc {
  readonly name: string;
  readonly kind: 'function' | 'class' | 'other';
  readonly declaration: ts.Declaration;
  /** First paragraph. */
  readonly summary: string;
  readonly tags: readonly DocTag[];
  /** Its own examples, then those of its members. */
  readonly examples: readonly Example[];
}

/** Every export of the public entries once, in the order of the entries and their names. */
export function collectDocs(program: ts.Program): PublicDoc[] {
  const docs = entryPoints().flatMap(({ file }) => docsOf(program, file));
  return [...new Map(docs.map((doc) => [doc.declaration, doc])).values()];
}

/** The exports of one file. */
export function docsOf(program: ts.Program, file: string): PublicDoc[] {
  return exportsOf(program, file).map((symbol) => publicDoc(program.getTypeChecker(), symbol));
}

/** The symbols that a file exports. */
export function exportsOf(program: ts.Program, file: string): ts.Symbol[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const symbol = source && checker.getSymbolAtLocation(source);
  if (!symbol) throw new Error(`${file} exports nothing.`);
  return checker.getExportsOfModule(symbol);
}

function publicDoc(checker: ts.TypeChecker, exported: ts.Symbol): PublicDoc {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const declarations = symbol.declarations ?? [];
  // The signature of an overloaded function that carries the docstring.
  const declaration = declarations.find((each) => docComments(each).length > 0) ?? declarations[0];
  if (!declaration) throw new Error(`${exported.name} is declared nowhere.`);
  return {
    name: exported.name,
    kind: kindOf(checker, symbol, declaration),
    declaration,
    summary: docComments(declaration)
      .map((comment) => (ts.getTextOfJSDocComment(comment.comment) ?? '').split(/\n\s*\n/)[0]!.trim())
      .join('\n'),
    tags: ts.getJSDocTags(declaration).map(docTag),
    examples: examplesOf(exported.name, declaration),
  };
}

function docComments(declaration: ts.Node): ts.JSDoc[] {
  return ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc);
}

function kindOf(checker: ts.TypeChecker, symbol: ts.Symbol, declaration: ts.Declaration): PublicDoc['kind'] {
  if (ts.isClassDeclaration(declaration)) return 'class';
  if (!(symbol.flags & ts.SymbolFlags.Value)) return 'other';
  const isCalled = checker.getTypeOfSymbolAtLocation(symbol, declaration).getCallSignatures().length > 0;
  return isCalled ? 'function' : 'other';
}

function docTag(tag: ts.JSDocTag): DocTag {
  // The compiler takes the first word of a @see for a name and leaves it out of the comment.
  const raw = tag
    .getText()
    .replace(/^@\w+\s*/, '')
    .replace(/\s*\n\s*\*/g, '\n');
  const text = (ts.isJSDocSeeTag(tag) ? raw : (ts.getTextOfJSDocComment(tag.comment) ?? '')).trim();
  const subject = ts.isJSDocParameterTag(tag) ? tag.name.getText() : undefined;
  return { name: tag.tagName.text, subject, text };
}

function examplesOf(title: string, declaration: ts.Declaration): Example[] {
  const members =
    ts.isClassDeclaration(declaration) || ts.isInterfaceDeclaration(declaration) ? declaration.members : [];
  const nested = [...members].flatMap((member) =>
    examplesOf(`${title}.${member.name?.getText() ?? 'constructor'}`, member),
  );
  const source = declaration.getSourceFile();
  const own = ts
    .getJSDocTags(declaration)
    .filter((tag) => tag.tagName.text === 'example')
    .map((tag) => {
      const line = source.getLineAndCharacterOfPosition(tag.getStart()).line + 2;
      return { title, file: source.fileName, line, text: ts.getTextOfJSDocComment(tag.comment) ?? '' };
    });
  return [...own, ...nested];
}
