import ts from 'typescript';
import { entries, root } from './source-program.js';

/** A public function that works on while its caller waits. */
export interface AsyncExport {
  readonly name: string;
  /** File below src. */
  readonly file: string;
  /** Whether it has an option `signal`. */
  readonly takesSignal: boolean;
}

/** Every public function that returns a promise or an async iterator, read from the types. */
export function asyncExports(program: ts.Program): AsyncExport[] {
  const checker = program.getTypeChecker();
  return entries.flatMap((entry) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(`${root}src/${entry}`)!)!;
    return checker.getExportsOfModule(module).flatMap((symbol) => {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const { valueDeclaration } = target;
      if (!valueDeclaration || !ts.isFunctionDeclaration(valueDeclaration)) return [];
      const signatures = checker.getSignaturesOfType(checker.getTypeOfSymbol(target), ts.SignatureKind.Call);
      const waits = signatures.some((signature) =>
        /^(Promise|PromiseLike|Async\w*)$/.test(checker.getReturnTypeOfSignature(signature).getSymbol()?.name ?? ''),
      );
      const file = valueDeclaration.getSourceFile().fileName.slice(`${root}src/`.length);
      const takesSignal = signatures.some(({ parameters }) =>
        parameters.some((parameter) => {
          const type = checker.getNonNullableType(checker.getTypeOfSymbol(parameter));
          return (type.isUnion() ? type.types : [type]).some((each) => each.getProperty('signal'));
        }),
      );
      return waits ? [{ name: symbol.name, file, takesSignal }] : [];
    });
  });
}
