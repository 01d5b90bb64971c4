// Writes docs/public-api.txt, what users can import and how it is typed, or with --check tells whether it is true: npm run api.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where the report lies. */
export const reportFile = `${root}docs/public-api.txt`;

/** The source of each entry of the package. */
export function sourceEntries(): Record<string, string> {
  const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const paths = Object.keys(manifest.exports).filter((path) => !path.endsWith('.json'));
  return Object.fromEntries(
    paths.map((path) => [path.replace(/^\./, 'minimart'), `${root}src/${path.slice(2)}/index.ts`]),
  );
}

/** All of src with its types, from what its entries list. */
export function createSourceProgram(entries: Readonly<Record<string, string>> = sourceEntries()): ts.Program {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return ts.createProgram(Object.values(entries), { ...options, noEmit: true });
}

/** Every public name of a program, with the entries that have it; the main one is ''. */
export function publicNames(program: ts.Program, entries: Readonly<Record<string, string>>): Map<string, string[]> {
  return new Map([...publicSymbols(program, entries)].map(([name, { homes }]) => [name, homes]));
}

interface PublicSymbol {
  readonly symbol: ts.Symbol;
  readonly homes: string[];
}

function publicSymbols(program: ts.Program, entries: Readonly<Record<string, string>>): Map<string, PublicSymbol> {
  const checker = program.getTypeChecker();
  const found = new Map<string, PublicSymbol>();
  for (const [entry, file] of Object.entries(entries)) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (!module) throw new Error(`${entry} has no module at ${file}`);
    for (const each of checker.getExportsOfModule(module)) {
      const symbol = each.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(each) : each;
      const homes = found.get(each.name)?.homes ?? [];
      found.set(each.name, { symbol, homes: [...homes, entry.replace(/^minimart\/?/, '')] });
    }
  }
  return found;
}

/** Every public name of a program once: the entries that have it, its kind, its type. */
export function apiReport(program: ts.Program, entries: Readonly<Record<string, string>>): string {
  const symbols = publicSymbols(program, entries);
  const names = [...symbols.keys()].sort();
  const isValue = (name: string) => (symbols.get(name)!.symbol.flags & ts.SymbolFlags.Value) !== 0;
  const lines = (list: readonly string[]) =>
    list.map((name) => `${name} [${placesOf(symbols.get(name)!.homes)}]${describeSymbol(symbols.get(name)!.symbol)}\n`);
  const [values, types] = [names.filter(isValue), names.filter((name) => !isValue(name))];
  return [
    `What users of minimart can import, ${values.length} values and ${types.length} types, in brackets from which entries beside\n`,
    'the main one. `npm run api` writes this file; a change in it is a change for users, and belongs into a changeset.\n',
    `\nVALUES\n\n${lines(values).join('\n')}\nTYPES\n\n${lines(types).join('\n')}`,
  ].join('');
}

function placesOf(entries: readonly string[]): string {
  const isInMain = entries.includes('');
  const others = entries.filter((entry) => entry !== '').sort();
  return isInMain ? others.join(' ') : `only ${others.join(' ')}`;
}

function describeSymbol(symbol: ts.Symbol): string {
  const declarations = symbol.declarations ?? [];
  return declarations.flatMap((declaration) => describeDeclaration(declaration, declarations.length > 1)).join('');
}

function describeDeclaration(node: ts.Declaration, isOverloaded: boolean): string[] {
  if (ts.isFunctionDeclaration(node)) {
    // The implementation of overloads is not what users see.
    if (isOverloaded && node.body) return [];
    const { typeParameters, parameters, type } = node;
    const generics = typeParameters ? `<${typeParameters.map(plain).join(', ')}>` : '';
    return [`\n  ${generics}(${parameters.map(parameterText).join(', ')}): ${type ? plain(type) : 'inferred'}`];
  }
  if (ts.isInterfaceDeclaration(node)) {
    const heritage = (node.heritageClauses ?? []).map(plain).join(' ');
    const generics = node.typeParameters ? `<${node.typeParameters.map(plain).join(', ')}>` : '';
    return [
      `\n  interface${generics}${heritage && ` ${heritage}`}`,
      ...node.members.map((member) => `\n    ${plain(member)}`),
    ];
  }
  if (ts.isTypeAliasDeclaration(node)) {
    const generics = node.typeParameters ? `<${node.typeParameters.map(plain).join(', ')}>` : '';
    return [`\n  type${generics} = ${plain(node.type)}`];
  }
  if (ts.isClassDeclaration(node)) return [`\n  class ${(node.heritageClauses ?? []).map(plain).join(' ').trim()}`];
  return [`\n  ${plain(node)}`];
}

// Defaults are no part of a type, and a pattern's names no part of a parameter.
function parameterText(node: ts.ParameterDeclaration): string {
  const name = ts.isIdentifier(node.name) ? node.name.text : 'options';
  const rest = node.dotDotDotToken ? '...' : '';
  const optional = node.questionToken || node.initializer ? '?' : '';
  return `${rest}${name}${optional}: ${node.type ? plain(node.type) : 'inferred'}`;
}

// As it is written, in one line and without comments.
function plain(node: ts.Node): string {
  const printer = ts.createPrinter({ removeComments: true });
  const text = printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile());
  return text.replace(/\s+/g, ' ').replace(/;$/, '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const report = apiReport(createSourceProgram(), sourceEntries());
  if (!process.argv.includes('--check')) writeFileSync(reportFile, report);
  else if (readFileSync(reportFile, 'utf8') !== report) throw new Error('docs/public-api.txt is old: npm run api');
}
