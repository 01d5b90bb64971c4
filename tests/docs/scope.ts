import type ts from 'typescript';
import type { Example } from './collect-examples.js';
import { exportsOf } from './collect-examples.js';
import { freeNames, parseExample } from './example-source.js';
import { fixtures } from './fixtures.js';
import { entryPoints } from './project.js';

/** Where the names come from that an example may use without importing them. */
export type Scope = ReadonlyMap<string, { readonly from: string }>;

/** What stands for a fixture in place of a module. */
export const fixture = 'fixture';

/** A scope in which a program has to import and declare everything itself. */
export const emptyScope: Scope = new Map();

/** Fixtures first, then what is public, then tfjs: where two have one name, the first has it. */
export function createScope(program: ts.Program): Scope {
  const scope = new Map<string, { from: string }>();
  const add = (name: string, from: string) => scope.has(name) || scope.set(name, { from });
  for (const name of Object.keys(fixtures)) add(name, fixture);
  for (const { specifier, file } of entryPoints()) {
    for (const { name } of exportsOf(program, file)) add(name, specifier);
  }
  for (const specifier of ['@tensorflow/tfjs-layers', '@tensorflow/tfjs-core']) {
    for (const { name } of exportsOf(program, declarationsOf(program, specifier))) add(name, specifier);
  }
  return scope;
}

/** The names that an example takes from its scope. */
export function usedNames(scope: Scope, { text }: Example): { readonly name: string; readonly from: string }[] {
  return [...freeNames(parseExample(text))].flatMap((name) => {
    const from = scope.get(name)?.from;
    return from === undefined ? [] : [{ name, from }];
  });
}

function declarationsOf(program: ts.Program, specifier: string): string {
  const file = program.getSourceFiles().find(({ fileName }) => fileName.endsWith(`${specifier}/dist/index.d.ts`));
  if (!file) throw new Error(`no source file imports ${specifier}.`);
  return file.fileName;
}
