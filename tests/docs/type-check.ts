import { join } from 'node:path';
import ts from 'typescript';
import type { Example } from './collect-examples.js';
import { createProgram, inRepository, root } from './project.js';
import { fixture, type Scope, usedNames } from './scope.js';

const fixturesType = `typeof import('${join(root, 'tests/docs/fixtures.js')}').fixtures`;

/** What the compiler says against examples, each with its place: `src/gan/train-gan.ts:43 (trainGan): …`. */
export function typeFaults(examples: readonly Example[], scope: Scope): string[] {
  const files = new Map<string, string>();
  const places = new Map<string, Example>();
  examples.forEach((example, index) => {
    const path = join(root, 'tests/docs', `example-${index}.ts`);
    files.set(path, `${header(example, scope)}\n${example.text}\nexport {};\n`);
    places.set(path, example);
  });
  const program = createProgram(files);
  return [...places].flatMap(([path, example]) => {
    const source = program.getSourceFile(path)!;
    const faults = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return faults.map((fault) => inWords(fault, example));
  });
}

// In one line, so that the lines of the example follow it.
function header(example: Example, scope: Scope): string {
  const lines = usedNames(scope, example).map(({ name, from }) =>
    from === fixture
      ? `declare const ${name}: ReturnType<(${fixturesType})['${name}']>;`
      : `import { ${name} } from '${from}';`,
  );
  return lines.join(' ');
}

function inWords(fault: ts.Diagnostic, { title, file, line }: Example): string {
  const at = fault.file && fault.start !== undefined ? fault.file.getLineAndCharacterOfPosition(fault.start).line : 1;
  const message = ts.flattenDiagnosticMessageText(fault.messageText, '\n');
  return `${inRepository(file)}:${line + at - 1} (${title}): ${message}`;
}
