import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { root } from './source-program.js';

/** A row of tests/event-loop, as it is written. */
export interface WrittenRow {
  readonly name: string;
  readonly takesSignal: boolean;
}

/** The rows of the table, read from its files: to make them takes seconds. */
export function writtenRows(): WrittenRow[] {
  const folder = `${root}tests/event-loop/`;
  const files = readdirSync(folder).filter((file) => file.endsWith('-rows.ts'));
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(`${folder}${file}`, 'utf8'), ts.ScriptTarget.ES2022, true);
    return source.statements.flatMap((each) =>
      ts.isFunctionDeclaration(each) && each.name?.text.endsWith('Rows') ? rowsOf(each) : [],
    );
  });
}

function rowsOf({ body }: ts.FunctionDeclaration): WrittenRow[] {
  const last = body?.statements.at(-1);
  if (!last || !ts.isReturnStatement(last) || !last.expression || !ts.isObjectLiteralExpression(last.expression)) {
    return [];
  }
  return last.expression.properties.flatMap((each) =>
    ts.isPropertyAssignment(each) && ts.isArrowFunction(each.initializer)
      ? [{ name: nameOf(each.name), takesSignal: each.initializer.parameters.length > 0 }]
      : [],
  );
}

function nameOf(name: ts.PropertyName): string {
  return ts.isStringLiteral(name) ? name.text : name.getText();
}
