import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** A parameter of a public function that takes an object of options. */
export interface OptionParameter {
  readonly entry: 'index.ts' | 'node/index.ts';
  readonly name: string;
  /** Where the options stand among the arguments, from 0. */
  readonly index: number;
  /** Folder below src, such as `gan`. */
  readonly folder: string;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every public function that takes options, read from the types: a new one is found by itself. */
export function optionParameters(): OptionParameter[] {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const entries = ['index.ts', 'node/index.ts'] as const;
  const program = ts.createProgram(
    entries.map((entry) => `${root}src/${entry}`),
    { ...options, noEmit: true },
  );
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
