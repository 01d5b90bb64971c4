import ts from 'typescript';
import { expect, test } from 'vitest';
import { traceRefusals } from '../../scripts/refusals/trace-refusals.js';

const home = `
  export function refuse(where: string, name: string, rule: string, value: unknown): never { throw value; }
  export function requireBetween(where: string, name: string, value: unknown, low: number, high: number, o = {}) {
    refuse(where, name, 'be somewhere', value);
  }
  export function requireWholeNumber(where: string, name: string, value: unknown, low = 0, high = 9) {}
  export function requireArray(where: string, name: string, values: unknown, type: { name: string }, count: number) {
    refuse(where, name, 'be a ' + type.name, values);
    refuse(where, name, \`hold \${count} numbers\`, values);
  }
  export function requireOneOf(where: string, name: string, allowed: readonly string[], value: unknown) {
    refuse(where, name, \`be one of \${allowed.map((each) => each).join(', ')}\`, value);
  }
`;

/** What is found in a made-up file beside `require.ts`. */
function found(text: string): string[] {
  const texts: Record<string, string> = {
    '/require.ts': home,
    '/a.ts': `import { refuse, requireArray, requireBetween, requireOneOf, requireWholeNumber } from './require.js';\n${text}`,
  };
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost({}),
    getSourceFile: (name, version) =>
      texts[name] === undefined ? undefined : ts.createSourceFile(name, texts[name], version, true),
    fileExists: (name) => name in texts,
    readFile: (name) => texts[name],
    getCurrentDirectory: () => '/',
  };
  const options = { noLib: true, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
  const program = ts.createProgram(['/a.ts'], options, host);
  const files = program.getSourceFiles();
  // What of require.ts nobody calls here has no name.
  return traceRefusals(program, files)
    .filter(({ where }) => where !== '…')
    .map(({ where, name, rule }) => `${where}: ${name} must ${rule}`)
    .sort();
}

test('a name is followed through functions to the one that says it', () => {
  const text = `
    export function first(x: number) { check('first', 'x', x); }
    export function second(y: number) { outer('second', y); }
    function outer(where: string, y: number) { check(where, 'y', y); }
    const check = (where: string, name: string, value: number) => { refuse(where, \`\${name}.size\`, 'be small', value); };`;
  expect(found(text)).toEqual(['first: x.size must be small', 'second: y.size must be small']);
});

test('a function that calls itself is followed once', () => {
  const text = `
    export function walk(x: unknown) { deeper('walk', 'x', x); }
    function deeper(where: string, name: string, x: any) {
      refuse(where, name, 'be flat', x);
      deeper(where, \`\${name}.\${x}\`, x);
    }`;
  expect(found(text)).toEqual(['walk: x must be flat', 'walk: x.… must be flat']);
});

test('what an object carries, or its methods are given, is followed', () => {
  const text = `
    interface Context { readonly where: string }
    interface Kind { check(where: string): void }
    const kind: Kind = { check(where) { refuse(where, 'kind', 'fit', 0); } };
    export function read() { kind.check('read'); inside({ where: 'read' }); }
    export function write(where = 'write') { inside({ where }); }
    function inside(context: Context) { refuse(context.where, 'file', 'be whole', 0); }
    export function all() { write(); }`;
  expect(found(text)).toEqual(['read: file must be whole', 'read: kind must fit', 'write: file must be whole']);
});

test('constants, either side of a choice and lists are read; what changes is an ellipsis', () => {
  const text = `
    const where = 'pick';
    const kinds = ['a', 'b'] as const;
    export function pick(n: number, isLong: boolean) {
      requireOneOf(where, 'kind', kinds, n);
      refuse(where, isLong ? 'long' : 'short', \`be \${-1} or \${n}\`, n);
      let least = 3;
      least += n;
      refuse(where, 'least', \`be \${least}\`, n);
    }`;
  expect(found(text)).toEqual([
    "pick: kind must be one of 'a', 'b'",
    'pick: least must be …',
    'pick: long must be -1 or …',
    'pick: short must be -1 or …',
  ]);
});

test('ranges end as their options say', () => {
  const text = `
    export function range(a: number) {
      requireBetween('range', 'open', a, 0, 1);
      requireBetween('range', 'closed', a, 0, 1, { closed: true });
      requireWholeNumber('range', 'from', a, 2);
      requireWholeNumber('range', 'both', a, 2, 5);
      requireArray('range', 'list', a, Float32Array, 4);
    }`;
  expect(found(text)).toEqual([
    'range: both must be a whole number from 2 to 5',
    'range: closed must be a number in [0, 1]',
    'range: from must be a whole number >= 2',
    'range: list must be a Float32Array',
    'range: list must hold 4 numbers',
    'range: open must be a number in [0, 1)',
  ]);
});
