import type { Rule } from './violation.js';

interface Example {
  readonly path: string;
  readonly text: string;
}

/** Made-up files that each break exactly one rule, so that every rule is seen to catch something. */
export const offenders: readonly (Example & { readonly rule: Rule; readonly title: string })[] = [
  offender('layers', 'an import that points up', 'nn/dense.ts', `import { loop } from '../training/loop.js';`),
  offender('layers', 'a type import that points up', 'nn/dense.ts', `import type { Loop } from '../training/loop.js';`),
  offender('layers', 'an import type that points up', 'nn/a.ts', `export type A = import('../gan/a.js').A;`),
  offender('layers', 'a domain that imports another', 'gan/loss.ts', `import { q } from '../rl/q.js';`),
  offender('layers', 'a domain that re-exports another', 'gan/index.ts', `export { q } from '../rl/q.js';`),
  offender('layers', 'a neighbour on one floor', 'data/table.ts', `import { dense } from '../nn/dense.js';`),
  offender('layers', 'a neighbour on the ground floor', 'random/a.ts', `import { b } from '../kernels/b.js';`),
  offender('layers', 'internal importing upwards', 'internal/a.ts', `import { b } from '../random/b.js';`),
  offender('layers', 'a lazy import that points up', 'gan/a.ts', `export const b = () => import('../shop/b.js');`),
  offender('layers', 'an import that leaves src', 'gan/a.ts', `import { b } from '../../tests/b.js';`),
  offender('layers', 'a folder that is no layer', 'utils/a.ts', `import { b } from '../internal/b.js';`),
  offender('layers', 'the main entry listing Node code', 'index.ts', `export { a } from './node/a.js';`),
  offender('packages', 'a tfjs backend', 'kernels/a.ts', `import '@tensorflow/tfjs-backend-wasm';`),
  offender(
    'packages',
    'a type of a tfjs backend',
    'node/a.ts',
    `import type { A } from '@tensorflow/tfjs-backend-cpu';`,
  ),
  offender('packages', 'the union package', 'gan/a.ts', `import * as tf from '@tensorflow/tfjs';`),
  offender('packages', 'a path inside tfjs', 'gan/a.ts', `import { a } from '@tensorflow/tfjs-core/dist/a.js';`),
  offender('packages', 'a development dependency', 'gan/a.ts', `export const a = () => import('typescript');`),
  offender('node-modules', 'node:* outside src/node', 'gan/a.ts', `import { readFile } from 'node:fs/promises';`),
  offender('node-modules', 'a Node module without its prefix', 'node/a.ts', `import { readFile } from 'fs';`),
  offender('node-modules', 'require of a Node module', 'gan/a.ts', `export const a = () => require('node:fs');`),
  offender('no-index-imports', 'importing an index', 'gan/a.ts', `import { b } from './index.js';`),
  offender('no-index-imports', 'importing a list below', 'gan/a.ts', `import { b } from '../nn/index.js';`),
  offender('relative-specifiers', 'a specifier without .js', 'gan/a.ts', `import { b } from './b.ts';`),
  offender('lists-only', 'export * of a source file in an index', 'gan/index.ts', `export * from './a.js';`),
  offender('lists-only', 'a namespace in an index', 'gan/index.ts', `export * as a from './a.js';`),
  offender('lists-only', 'code in an index', 'gan/index.ts', 'export const a = 1;'),
  offender('lists-only', 'an import in an index', 'index.ts', `import { a } from './gan/a.js';`),
  offender('set-backend', 'choosing a backend', 'gan/a.ts', `export const a = () => setBackend('cpu');`),
  offender('random-source', 'Math.random', 'gan/a.ts', 'export const a = () => Math.random();'),
  offender('random-source', 'Math.random taken apart', 'gan/a.ts', 'export function a() { const { random } = Math; }'),
  offender('synchronous-reads', 'dataSync', 'gan/a.ts', 'export const a = (x: Tensor) => x.dataSync();'),
  offender(
    'synchronous-reads',
    'arraySync in brackets',
    'gan/a.ts',
    `export const a = (x: Tensor) => x['arraySync']();`,
  ),
  offender('double-cast', 'as unknown as', 'gan/a.ts', 'export const a = (x: string) => x as unknown as number;'),
  offender('module-scope', 'a call', 'gan/a.ts', 'const a = b();'),
  offender('module-scope', 'a call inside a literal', 'gan/a.ts', 'export const a = { b: [c()] };'),
  offender('module-scope', 'a call in a PURE call', 'gan/a.ts', 'const a = /* @__PURE__ */ b(c());'),
  offender('module-scope', 'Object.freeze', 'gan/a.ts', 'export const a = Object.freeze({ b: 1 });'),
  offender('module-scope', 'new', 'gan/a.ts', 'const seen = new Map<string, number>();'),
  offender('module-scope', 'a static property', 'gan/a.ts', 'export class A { static b = c(); }'),
  offender('module-scope', 'a static block', 'gan/a.ts', 'export class A { static {} }'),
  offender('module-scope', 'a namespace parent', 'gan/a.ts', 'export class A extends layers.Layer {}'),
  offender('module-scope', 'a made parent', 'gan/a.ts', 'export class A extends parent() {}'),
  offender('module-scope', 'an enum', 'gan/a.ts', 'export enum A { B }'),
  offender('module-scope', 'a statement', 'gan/a.ts', 'A.b = 1;'),
  offender('file-length', 'a file of 301 lines', 'gan/a.ts', '// one line\n'.repeat(301)),
];

/** Files that look like offenders and are not. */
export const innocents: readonly (Example & { readonly title: string })[] = [
  { title: 'a long main index', path: 'index.ts', text: `export { a } from './gan/a.js';\n`.repeat(301) },
  { title: 'imports that point down', path: 'shop/a.ts', text: `import { b } from '../rl/b.js';` },
  { title: 'imports of the ground', path: 'random/a.ts', text: `import { b } from '../internal/b.js';` },
  { title: 'peers and dependencies', path: 'gan/a.ts', text: `import { b } from '@tensorflow/tfjs-core';` },
  { title: 'a subpath of a dependency', path: 'random/a.ts', text: `import { b } from 'pure-rand/generator/b';` },
  { title: 'Node modules in src/node', path: 'node/a.ts', text: `import { readFile } from 'node:fs/promises';` },
  { title: 'an empty list', path: 'gan/index.ts', text: 'export {};' },
  { title: 'a list', path: 'gan/index.ts', text: `export { a, type B } from './a.js';` },
  { title: 'the file that chooses', path: 'kernels/use-backend.ts', text: `export const a = () => setBackend('b');` },
  { title: 'words in comments and texts', path: 'gan/a.ts', text: `// Math.random()\nconst a = 'dataSync';` },
  { title: 'a call in a function', path: 'gan/a.ts', text: 'export const a = () => new Map();' },
  { title: 'a PURE call', path: 'gan/a.ts', text: 'const a = /* @__PURE__ */ b();' },
  { title: 'a call for instances', path: 'gan/a.ts', text: 'export class A extends B { c = d(); e() { f(); } }' },
  { title: 'a class made in a factory', path: 'gan/a.ts', text: 'export const a = () => class extends b.C {};' },
  { title: 'a PURE parent', path: 'nn/a.ts', text: 'export class A extends /* @__PURE__ */ layerBase() {}' },
  { title: 'types and interfaces', path: 'gan/a.ts', text: 'interface A extends layers.B { c(): D }\ntype E = F<G>;' },
  { title: 'a file of 300 lines', path: 'gan/a.ts', text: '// one line\n'.repeat(300) },
];

function offender(rule: Rule, title: string, path: string, text: string) {
  return { rule, title, path, text };
}
