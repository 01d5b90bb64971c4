import ts from 'typescript';
import type { Example } from './collect-examples.js';
import { compareWithPrinted } from './compare-printed.js';
import { parseExample, type Shown, shownResults } from './example-source.js';
import { fixtures } from './fixtures.js';
import { fixture, type Scope, usedNames } from './scope.js';

/** What a run of an example came to. */
export interface ExampleRun {
  /** Results that were compared with a comment. */
  readonly compared: number;
  /** What is different from the comments, each with its statement. */
  readonly faults: readonly string[];
}

/** Runs an example in the current folder and compares the results that its comments show. What it throws is thrown on. */
export async function runExample(example: Example, scope: Scope): Promise<ExampleRun> {
  const source = parseExample(example.text);
  const shown = shownResults(source);
  const faults: string[] = [];
  const check = async (index: number, value: unknown) => {
    const { text, printed } = shown[index]!;
    const fault = printed
      ? await compareWithPrinted(value, printed)
      : value !== undefined && 'has a value, and the comment beside it shows none';
    if (fault) faults.push(`${text} ${fault}`);
  };
  const values = await valuesOf(scope, example);
  const run = compile(source, shown, [...values.keys()]);
  await run(importModule, check, ...values.values());
  return { compared: shown.filter(({ printed }) => printed).length, faults };
}

async function valuesOf(scope: Scope, example: Example): Promise<Map<string, unknown>> {
  const values = new Map<string, unknown>();
  for (const { name, from } of usedNames(scope, example)) {
    const value = from === fixture ? fixtures[name as keyof typeof fixtures]() : (await importModule(from))[name];
    // Types leave no value.
    if (value !== undefined) values.set(name, value);
  }
  return values;
}

async function importModule(specifier: string): Promise<Readonly<Record<string, unknown>>> {
  return import(/* @vite-ignore */ specifier);
}

type Runnable = (...given: readonly unknown[]) => Promise<void>;

// The names begin with a dollar sign, so that they meet no name of an example.
function compile(source: ts.SourceFile, shown: readonly Shown[], names: readonly string[]): Runnable {
  const body = edited(source, [...source.statements.flatMap(importEdit), ...shown.flatMap(checkEdits)]);
  const { outputText } = ts.transpileModule(`async function $example() {\n${body}\n}`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  return new Function('$import', '$check', ...names, `'use strict';\n${outputText}\nreturn $example();`) as Runnable;
}

/** Text in place of a range of the source. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function edited(source: ts.SourceFile, edits: readonly Edit[]): string {
  let text = source.text;
  for (const edit of edits.toSorted((a, b) => b.start - a.start)) {
    text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  }
  return text;
}

function checkEdits({ value, statement }: Shown, index: number): Edit[] {
  const place = { start: statement.getStart(), end: statement.end };
  const checked = `await $check(${index}, (${value.getText()}));`;
  return [
    ts.isVariableStatement(statement)
      ? { start: place.end, end: place.end, text: checked }
      : { ...place, text: checked },
  ];
}

// Imports become declarations, because a function cannot hold them.
function importEdit(statement: ts.Statement): Edit[] {
  const place = { start: statement.getStart(), end: statement.end };
  // The mark of a module that parsing added.
  if (ts.isExportDeclaration(statement)) return [{ ...place, text: '' }];
  if (!ts.isImportDeclaration(statement)) return [];
  const { importClause, moduleSpecifier } = statement;
  if (importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return [{ ...place, text: '' }];
  const loaded = `await $import(${moduleSpecifier.getText()})`;
  return [{ ...place, text: importClause ? `const ${bindings(importClause)} = ${loaded};` : `${loaded};` }];
}

function bindings({ name, namedBindings }: ts.ImportClause): string {
  if (namedBindings && ts.isNamespaceImport(namedBindings)) return namedBindings.name.text;
  const named = (namedBindings?.elements ?? []).filter((each) => !each.isTypeOnly);
  const fields = named.map((each) => `${(each.propertyName ?? each.name).text}: ${each.name.text}`);
  return `{ ${[...(name ? [`default: ${name.text}`] : []), ...fields].join(', ')} }`;
}
