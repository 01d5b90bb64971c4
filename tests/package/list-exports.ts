import { join } from 'node:path';
import ts from 'typescript';

/** The names that an installed entry exports, types included, sorted; read from its declarations. */
export function listExports(app: string, entry: string): string[] {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { resolvedModule } = ts.resolveModuleName(
    entry,
    join(app, 'app.ts'),
    options,
    host,
    undefined,
    undefined,
    ts.ModuleKind.ESNext,
  );
  if (!resolvedModule) throw new Error(`${entry} has no types`);
  const program = ts.createProgram([resolvedModule.resolvedFileName], options, host);
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(resolvedModule.resolvedFileName)!;
  const symbol = checker.getSymbolAtLocation(file)!;
  return checker
    .getExportsOfModule(symbol)
    .map((each) => each.name)
    .sort();
}
