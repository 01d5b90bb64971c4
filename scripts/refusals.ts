// Writes docs/refusals.md, what functions refuse and in which words, or with --check tells whether it is true: npm run refusals.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type ts from 'typescript';
import { createSourceProgram, publicNames, sourceEntries } from './api-report.js';
import { beforeRules } from './refusals/remedies.js';
import { type Refusal, traceRefusals } from './refusals/trace-refusals.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where the page lies. */
export const refusalsFile = `${root}docs/refusals.md`;

/** Every refusal of src, in the names that users read. */
function allRefusals(program: ts.Program): readonly Refusal[] {
  const files = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(`${root}src/`));
  const told = traceRefusals(program, files).map(({ where, name, rule }) => ({
    where,
    name: shorter(name),
    rule: shorter(rule),
  }));
  // A function whose name cannot be told stands for others that can, as a rule that is only quoted does.
  return told.filter(({ where, rule }) => /^\w[\w.]*$/.test(where) && !/^(hold what )?…/.test(rule));
}

// However deep it lies, and whichever of a list it is.
const shorter = (text: string) => text.replace(/((\.|\/)…|\[…\]|\[0\])+/g, (all) => (all[0] === '[' ? '[…]' : '.…'));

/** The refusals of a program, and the page of them. */
export function describeRefusals(program: ts.Program): {
  readonly refusals: readonly Refusal[];
  readonly page: string;
} {
  const refusals = allRefusals(program);
  return { refusals, page: refusalsPage(program, refusals) };
}

/** The page: chapters by entry, in them functions with their arguments and rules. */
function refusalsPage(program: ts.Program, refusals: readonly Refusal[]): string {
  const homes = publicNames(program, sourceEntries());
  const chapters = new Map<string, Map<string, Refusal[]>>();
  for (const refusal of refusals) {
    if (isForAll(refusal)) continue;
    const chapter = chapterOf(homes.get(refusal.where));
    const functions = chapters.get(chapter) ?? new Map<string, Refusal[]>();
    functions.set(refusal.where, [...(functions.get(refusal.where) ?? []), refusal]);
    chapters.set(chapter, functions);
  }
  const names = [...chapters.keys()].sort((a, b) => Number(a === methods) - Number(b === methods) || compare(a, b));
  return `${beforeRules}\n${names.map((name) => `## ${name}\n\n${chapterText(chapters.get(name)!)}`).join('\n')}`;
}

const methods = 'Methods, and classes of layers';

// What every function with options refuses is said once, in the words before all chapters.
const isForAll = ({ rule }: Refusal) => /^be left out: there is no such option|^be an object of options$/.test(rule);

function chapterOf(entries: readonly string[] | undefined): string {
  if (entries === undefined) return methods;
  const own = entries.filter((entry) => entry !== '').sort();
  // The ground that several entries share is at home in data.
  return `\`minimart${own.length === 0 ? '' : `/${own.length > 1 && own.includes('data') ? 'data' : own[0]}`}\``;
}

function chapterText(functions: ReadonlyMap<string, readonly Refusal[]>): string {
  const alike = new Map<string, string[]>();
  for (const where of [...functions.keys()].sort(compare)) {
    const lines = linesOf(functions.get(where)!);
    alike.set(lines, [...(alike.get(lines) ?? []), where]);
  }
  return [...alike].map(([lines, names]) => `**${names.join(', ')}**\n\n${lines}`).join('\n');
}

function linesOf(refusals: readonly Refusal[]): string {
  const byRule = new Map<string, Set<string>>();
  for (const { name, rule } of refusals) byRule.set(rule, (byRule.get(rule) ?? new Set<string>()).add(name));
  const rules = [...byRule].map(
    ([rule, names]) => `${[...names].sort(compare).map(code).join(', ')}: ${escaped(rule)}`,
  );
  return rules
    .sort(compare)
    .map((line) => `- ${line}\n`)
    .join('');
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const code = (name: string) => `\`${name.replaceAll('`', "'")}\``;

// Stars and brackets that are meant as such; what stands in backticks is left alone.
function escaped(rule: string): string {
  return rule
    .split(/(`[^`]*`)/)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(/[\\*_[\]<>{}]/g, '\\$&')))
    .join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { page } = describeRefusals(createSourceProgram());
  if (!process.argv.includes('--check')) writeFileSync(refusalsFile, page);
  else if (readFileSync(refusalsFile, 'utf8') !== page) throw new Error('docs/refusals.md is old: npm run refusals');
}
