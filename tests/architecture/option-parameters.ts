import ts from 'typescript';
import { entries, root } from './source-program.js';

/** A parameter of a public function that takes an object of options. */
export interface OptionParameter {
  readonly entry: (typeof entries)[number];
  readonly name: string;
  /** Where the options stand among the arguments, from 0. */
  readonly index: number;
  /** Folder below src, such as `gan`. */
  readonly folder: string;
}

/** Every public function that takes options, read from the types: a new one is found by itself. */
export function optionParameters(program: ts.Program): OptionParameter[] {
  const checker = program.getTypeChecker();
  return entries.flatMap((entry) => {
    const file = program.getSourceFile(`${root}src/${entry}`)!;
    const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(file)!);
    return exported.flatMap((symbol) => parametersOf(checker, symbol).map((found) => ({ entry, ...found })));
  });
}

function parametersOf(checker: ts.TypeChecker, symbol: ts.Symbol): Omit<OptionParameter, 'entry'>[] {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target.valueDeclaration;
  if (!declaration || !ts.isFunctionDeclaration(declaration)) return [];
  const folder = declaration.getSourceFile().fileName.slice(`${root}src/`.length).split('/')[0]!;
  const signature = checker.getSignaturesOfType(checker.getTypeOfSymbol(target), ts.SignatureKind.Call)[0]!;
  return signature.parameters.flatMap((parameter, index) => {
    const node = parameter.valueDeclaration;
    const written = node && ts.isParameter(node) ? (node.type?.getText() ?? '') : '';
    return /(Options|Config)\b|^\{/.test(written) ? [{ name: symbol.name, index, folder }] : [];
  });
}
