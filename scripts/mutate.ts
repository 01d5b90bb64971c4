// Changes one thing at a time in source files and runs their tests: a change that no test notices survives, and is listed.
//   npx tsx scripts/mutate.ts src/gan/losses src/training/run-steps.ts [--tests tests/gan/losses] [--every 3]
// Tests default to those that mirror the file, or else its folder; of those, to the ones that reach the file. No source file is
// written to: each change goes into a copy of the tests with all that they import, and many copies run in one process, which
// has tfjs to load once. What a test reads by its own place in the tree is not there for the copy.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type BuildContext, context, type Plugin } from 'esbuild';
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
    if (ts.isBinaryExpression(node)) {
      const by = swaps[node.operatorToken.getText()];
      if (by) replace(node.operatorToken, by);
    } else if (ts.isNumericLiteral(node)) replace(node, Number(node.text) === 0 ? '1' : `(${node.text} * 2)`);
    else if (ts.isPrefixUnaryExpression(node) && /^[-!]/.test(node.getText()))
      replace(node, `(${node.operand.getText()})`);
    else if (node.kind === ts.SyntaxKind.TrueKeyword && !namesAnOption(node)) replace(node, 'false');
    else if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, 'true');
    else if (ts.isCallExpression(node)) mutateCall(node, text, replace);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

// In lists of option names nobody reads what stands beside a name.
function namesAnOption(node: ts.Node): boolean {
  const { parent: holder } = node.parent.parent;
  if (ts.isVariableDeclaration(holder)) return /^OptionNames\b/.test(holder.type?.getText() ?? '');
  return ts.isCallExpression(holder) && /^(require(Given)?Options|openMeasure)$/.test(holder.expression.getText());
}

// `Math.max` to `Math.min`, `add(a, b)` to `sub(a, b)` of tfjs, `neg(x)` to `x`.
function mutateCall(call: ts.CallExpression, text: string, replace: (node: ts.Node, by: string) => void): void {
  const { expression } = call;
  if (ts.isPropertyAccessExpression(expression)) {
    const by = words[expression.name.text];
    const isMath = expression.expression.getText() === 'Math';
    if (by && (isMath || by === 'some' || by === 'every')) replace(expression.name, by);
  } else if (ts.isIdentifier(expression)) {
    const by = words[expression.text];
    const core = /import {([^}]*)} from '@tensorflow\/tfjs-core'/.exec(text)?.[1] ?? '';
    if (by && new RegExp(`\\b${expression.text}\\b`).test(core)) replace(expression, `core$.${by}`);
    if (unary.includes(expression.text)) replace(call, `(${call.arguments[0]?.getText()})`);
  }
}

/** Makes loops that have become endless throw. What it adds stands on lines that are there. */
function withEndingLoops(text: string): string {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.ES2022, true);
  const conditions: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    const condition = ts.isForStatement(node)
      ? node.condition
      : ts.isWhileStatement(node)
        ? node.expression
        : undefined;
    if (condition) conditions.push(condition);
    ts.forEachChild(node, visit);
  };
  visit(source);
  let ending = text;
  for (const each of conditions.sort((one, other) => other.getStart() - one.getStart())) {
    const [start, end] = [each.getStart(), each.getEnd()];
    ending = `${ending.slice(0, start)}goesOn$() && (${ending.slice(start, end)})${ending.slice(end)}`;
  }
  const count = `let rounds$ = 0; const goesOn$ = () => { if (++rounds$ > 1e8) throw new Error('endless'); return true; };`;
  return `${count} ${ending}`;
}

const folder = `tests/mutants-${process.pid}`;

const unary = ['neg', 'sigmoid', 'softplus', 'relu', 'square', 'sqrt', 'log', 'exp', 'abs', 'mean', 'sum', 'tanh'];

function filesBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
}

function testsOf(path: string): string {
  const mirror = path.replace(/^src\//, 'tests/');
  const file = mirror.replace(/\.ts$/, '.test.ts');
  if (existsSync(file)) return file;
  let folder = mirror;
  while (!existsSync(folder) || !statSync(folder).isDirectory()) folder = folder.slice(0, folder.lastIndexOf('/'));
  return folder;
}

// The first test that fails is enough, of all files that try one change: they run one after the other in one process.
const bail = (change: string) => `import { beforeEach as each$ } from 'vitest';
const failed$ = (globalThis.failed$ ??= new Set());
each$((context) => {
  if (failed$.has('${change}')) context.skip();
  context.onTestFailed(() => failed$.add('${change}'));
});`;

/** Copies tests with all of ours that they import, each into one file, in which one source file may have another text. */
class Copier {
  readonly #contexts = new Map<string, BuildContext>();
  #text = '';

  /** Gives whether the source file is in the copy. Not to be called again before it is done. */
  async copy(test: string, to: string, path: string, text: string, change: string): Promise<boolean> {
    const key = `${test} ${path}`;
    // What has not changed since the last copy is not read again.
    const copying = this.#contexts.get(key) ?? (await this.#open(test, path));
    this.#contexts.set(key, copying);
    this.#text = text;
    const { metafile, outputFiles } = await copying.rebuild();
    writeFileSync(to, bail(change) + outputFiles![0]!.text);
    return Object.values(metafile!.outputs).some(({ inputs }) => (inputs[path]?.bytesInOutput ?? 0) > 0);
  }

  async close(): Promise<void> {
    for (const each of this.#contexts.values()) await each.dispose();
  }

  #open(test: string, path: string): Promise<BuildContext> {
    const setup: Plugin['setup'] = ({ onLoad, onResolve }) => {
      onResolve({ filter: /^minimart(\/\w+)?$/ }, (args) => ({
        path: resolve('src', args.path.slice('minimart'.length + 1), 'index.ts'),
      }));
      const filter = new RegExp(`/${path.replaceAll('.', '\\.')}$`);
      onLoad({ filter }, () => ({ contents: this.#text, loader: 'ts' }));
    };
    return context({
      entryPoints: [test],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'es2022',
      packages: 'external',
      // tfjs registers backends and gradients where it is imported, whatever is used of it.
      ignoreAnnotations: true,
      metafile: true,
      logLevel: 'silent',
      plugins: [{ name: 'mutant', setup }],
    });
  }
}

/** Runs all tests in the folder. Gives the names of files whose tests passed; undefined where the run came to no end. */
function passing(seconds: number): Set<string> | undefined {
  const report = `${folder}/report.json`;
  const args = ['run', folder, '--project=shared', '--maxWorkers=1', '--reporter=json', `--outputFile=${report}`];
  spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], {
    stdio: 'ignore',
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
  });
  if (!existsSync(report)) return undefined;
  const { testResults }: { testResults: { name: string; status: string }[] } = JSON.parse(readFileSync(report, 'utf8'));
  return new Set(testResults.filter(({ status }) => status === 'passed').map(({ name }) => basename(name)));
}

/** A changed text of a source file, and the tests that reach it. */
interface Job extends Mutant {
  readonly path: string;
  readonly source: string;
  readonly tests: readonly string[];
}

/** Which of some changes pass their tests. Where one keeps the others from ending, the halves run apart. */
async function survivors(jobs: readonly Job[], copier: Copier): Promise<boolean[]> {
  let made = 0;
  const copies = async ({ path, tests }: Job, text: string, change: string) => {
    const names: string[] = [];
    for (const test of tests) {
      const name = `${String(made++).padStart(4, '0')}.test.ts`;
      await copier.copy(test, `${folder}/${name}`, path, text, change);
      names.push(name);
    }
    return names;
  };
  try {
    mkdirSync(folder, { recursive: true });
    const names: string[][] = [];
    for (const [at, job] of jobs.entries()) {
      const changed = `${job.source.slice(0, job.start)}${job.text}${job.source.slice(job.end)}`;
      // The import is on the first line, so that lines keep their numbers.
      names.push(
        await copies(job, `import * as core$ from '@tensorflow/tfjs-core'; ${withEndingLoops(changed)}`, String(at)),
      );
    }
    // All tests as they are run last: if one fails, something that came before it left a mess.
    const tests = [...new Set(jobs.flatMap((job) => job.tests))];
    const controls = await copies({ ...jobs[0]!, tests }, jobs[0]!.source, 'none');
    const passed = passing(30 + 10 * made);
    if (passed && controls.every((name) => passed.has(name)))
      return names.map((each) => each.every((name) => passed.has(name)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (jobs.length === 1) {
    const [job] = jobs as [Job];
    if (job.start === job.end) throw new Error(`${job.tests.join(' ')} fail without any change`);
    // Tests that pass beside no change at all are failed by this one.
    await survivors([{ ...job, start: 0, end: 0, text: '' }], copier);
    return [false];
  }
  const half = Math.ceil(jobs.length / 2);
  return [...(await survivors(jobs.slice(0, half), copier)), ...(await survivors(jobs.slice(half), copier))];
}

/** The tests below some paths that reach a source file. */
async function testsThatReach(path: string, places: readonly string[], copier: Copier): Promise<string[]> {
  const all = places.flatMap((each) => (each.endsWith('.ts') ? [each] : filesBelow(each)));
  const found: string[] = [];
  const text = readFileSync(path, 'utf8');
  mkdirSync(folder, { recursive: true });
  for (const test of all.filter((each) => each.endsWith('.test.ts'))) {
    if (await copier.copy(test, `${folder}/reach.js`, path, text, '')) found.push(test);
  }
  rmSync(folder, { recursive: true, force: true });
  if (found.length === 0) throw new Error(`none of ${places.join(' ')} reaches ${path}; name tests that do by --tests`);
  return found;
}

async function jobsOf(path: string, places: readonly string[], every: number, copier: Copier): Promise<Job[]> {
  const source = readFileSync(path, 'utf8');
  const mutants = mutantsOf(source).filter((_, index) => index % every === 0);
  if (mutants.length === 0) return [];
  const tests = await testsThatReach(path, places, copier);
  console.log(`${path}: ${mutants.length} to try, by ${tests.join(' ')}`);
  return mutants.map((mutant) => ({ ...mutant, path, source, tests }));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { tests: { type: 'string', multiple: true }, every: { type: 'string', default: '1' } },
  });
  const files = positionals.flatMap((each) => (each.endsWith('.ts') ? [each] : filesBelow(each))).sort();
  const copier = new Copier();
  const jobs: Job[] = [];
  for (const path of files) {
    if (!path.endsWith('/index.ts'))
      jobs.push(...(await jobsOf(path, values.tests ?? [testsOf(path)], Number(values.every), copier)));
  }
  let survived = 0;
  for (let first = 0; first < jobs.length; first += 32) {
    const some = jobs.slice(first, first + 32);
    for (const [at, survives] of (await survivors(some, copier)).entries()) {
      if (!survives) continue;
      survived += 1;
      const { path, source, start, end, text } = some[at]!;
      const line = source.slice(0, start).split('\n').length;
      console.log(`${path}:${line} ${source.slice(start, end)} -> ${text} | ${source.split('\n')[line - 1]!.trim()}`);
    }
    console.log(`${Math.min(first + 32, jobs.length)} of ${jobs.length} tried, ${survived} survived`);
  }
  await copier.close();
}

await main();
