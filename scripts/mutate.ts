// Changes one thing at a time in source files and runs their tests: a change that no test notices survives, and is listed.
//   npx tsx scripts/mutate.ts src/gan/losses src/training/run-steps.ts [--tests tests/gan/losses] [--every 3]
// Tests default to the file that mirrors the source; without one to those in its folder that name what it exports, or else to
// the whole folder. It writes into the files and puts them back: run it in a clean checkout.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import ts from 'typescript';

interface Mutant {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const swaps: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+=': '=',
  '-=': '+=',
  '*=': '=',
  '/=': '*=',
};

const words: Readonly<Record<string, string>> = {
  add: 'sub',
  sub: 'add',
  mul: 'div',
  div: 'mul',
  max: 'min',
  min: 'max',
  mean: 'sum',
  sum: 'mean',
  floor: 'ceil',
  ceil: 'floor',
  softplus: 'relu',
  sqrt: 'abs',
  log: 'exp',
  some: 'every',
  every: 'some',
};

/** Everything in a file that can be changed by one step: operators, numbers, and calls that have an opposite. */
export function mutantsOf(text: string): Mutant[] {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.ES2022, true);
  const found: Mutant[] = [];
  const replace = (node: ts.Node, by: string) => found.push({ start: node.getStart(), end: node.getEnd(), text: by });
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return;
    // Only the names in there are looked at, and the compiler refuses anything but `true`.
    if (ts.isVariableDeclaration(node) && node.type?.getText().startsWith('OptionNames<')) return;
    if (ts.isBinaryExpression(node)) {
      const by = swaps[node.operatorToken.getText()];
      if (by) replace(node.operatorToken, by);
    } else if (ts.isNumericLiteral(node)) replace(node, Number(node.text) === 0 ? '1' : `(${node.text} * 2)`);
    else if (node.kind === ts.SyntaxKind.TrueKeyword) replace(node, 'false');
    else if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, 'true');
    else if (ts.isCallExpression(node)) mutateCall(node, text, replace);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

// `Math.max` to `Math.min`, `add(a, b)` to `sub(a, b)` where both are imported, `neg(x)` to `x`.
function mutateCall(call: ts.CallExpression, text: string, replace: (node: ts.Node, by: string) => void): void {
  const { expression } = call;
  if (ts.isPropertyAccessExpression(expression)) {
    const by = words[expression.name.text];
    const isMath = expression.expression.getText() === 'Math';
    if (by && (isMath || by === 'some' || by === 'every')) replace(expression.name, by);
  } else if (ts.isIdentifier(expression)) {
    const by = words[expression.text];
    if (by && new RegExp(`^ *(import .*)?\\b${by}\\b`, 'm').test(text)) replace(expression, by);
    else if (unary.includes(expression.text)) replace(call, `(${call.arguments[0]?.getText()})`);
  }
}

const unary = ['neg', 'sigmoid', 'softplus', 'relu', 'square', 'sqrt', 'log', 'exp', 'abs', 'mean', 'sum', 'tanh'];

function filesBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
}

function testsOf(path: string): string[] {
  const mirror = path.replace(/^src\//, 'tests/');
  const file = mirror.replace(/\.ts$/, '.test.ts');
  if (existsSync(file)) return [file];
  let folder = mirror;
  while (!existsSync(folder) || !statSync(folder).isDirectory()) folder = folder.slice(0, folder.lastIndexOf('/'));
  const exported = [...readFileSync(path, 'utf8').matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)];
  const names = new RegExp(`\\b(${exported.map(([, name]) => name).join('|')})\\b`);
  const naming = filesBelow(folder).filter(
    (each) => each.endsWith('.test.ts') && names.test(readFileSync(each, 'utf8')),
  );
  return exported.length > 0 && naming.length > 0 ? naming : [folder];
}

function survives(tests: readonly string[]): boolean {
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...tests, '--bail=1', '--maxWorkers=1', '--reporter=dot'],
    { stdio: 'ignore', timeout: 120_000 },
  );
  return status === 0;
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { tests: { type: 'string', multiple: true }, every: { type: 'string', default: '1' } },
  });
  const files = positionals.flatMap((each) => (each.endsWith('.ts') ? [each] : filesBelow(each))).sort();
  let survived = 0;
  let tried = 0;
  for (const path of files) {
    if (path.endsWith('/index.ts')) continue;
    const tests = values.tests ?? testsOf(path);
    const text = readFileSync(path, 'utf8');
    const mutants = mutantsOf(text).filter((_, index) => index % Number(values.every) === 0);
    for (const { start, end, text: by } of mutants) {
      tried += 1;
      writeFileSync(path, text.slice(0, start) + by + text.slice(end));
      try {
        if (!survives(tests)) continue;
      } finally {
        writeFileSync(path, text);
      }
      survived += 1;
      const line = text.slice(0, start).split('\n').length;
      console.log(`${path}:${line} ${text.slice(start, end)} -> ${by} | ${text.split('\n')[line - 1]!.trim()}`);
    }
    console.log(`${path}: ${mutants.length} tried by ${tests.join(', ')}`);
  }
  console.log(`${tried} changes, ${survived} survived`);
}

main();
