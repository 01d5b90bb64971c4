import '../support/backends.js';
import { useBackend } from 'minimart';
import { enableFusedProducts } from 'minimart/node';
import { beforeEach, describe, expect, test } from 'vitest';
import { collectDocs, type Example } from './collect-examples.js';
import { docFaults, showsNothing } from './doc-rules.js';
import { pageBlocks } from './page-blocks.js';
import { createProgram, inRepository, root } from './project.js';
import { runExample } from './run-example.js';
import { createScope, emptyScope } from './scope.js';
import { typeFaults } from './type-check.js';
import { useWorkFolder } from './work-folder.js';

// Docstrings and pages in one file: two programs of types serve both.
const program = createProgram(new Map());
const checker = program.getTypeChecker();
const docs = collectDocs(program);
const scope = createScope(program);
const examples = docs.flatMap((doc) =>
  doc.examples.map((example) => ({
    ...example,
    place: `${example.title} (${placeOf(example)})`,
    needsResult: example.title === doc.name && !showsNothing(doc, checker),
  })),
);

const [first, ...others] = pageBlocks();
const running = others.filter(({ runs }) => runs).map((block) => [placeOf(block), block] as const);

useWorkFolder();
beforeEach(() => useBackend('wasm'));
// As the example of it does, which would come too late behind those that load the kernels.
enableFusedProducts();

describe('every public docstring says what STYLE.md asks for', () => {
  test('the entry points are read', () => {
    expect(docs.map(({ name }) => name)).toEqual(expect.arrayContaining(['trainGan', 'readIdx', 'Rng']));
  });

  test.each(docs.map((doc) => [doc.kind, doc.name, doc] as const))('%s %s', (_kind, _name, doc) => {
    expect(docFaults(doc, checker)).toEqual([]);
  });
});

describe('every example', () => {
  test('has the types it needs, on pages too, and a made-up one that has not is named', () => {
    const text =
      'const loss: AdversarialLoss = minimaxLoss();\nconst seed: number = loss.name;\nrestoreRng({ path: 1 });';
    const madeUp = { title: 'made-up', file: `${root}/a.ts`, line: 7, text };
    expect(typeFaults([...examples, ...others, madeUp], scope)).toEqual([
      "a.ts:8 (made-up): Type 'string' is not assignable to type 'number'.",
      expect.stringMatching(/^a\.ts:9 \(made-up\): [\s\S]*Type 'number' is not assignable to type 'string'/),
    ]);
  });

  const byPlace = examples.map((example) => [example.place, example] as const);
  test.each(byPlace)('of %s runs and gives the results beside it', async (_place, { needsResult, ...example }) => {
    const { compared, faults } = await runExample(example, scope);
    expect(faults).toEqual([]);
    if (needsResult) expect(compared, 'results shown in a comment').toBeGreaterThan(0);
  });
});

// That it runs is in first-gan.test.ts.
describe('the first example of the README, as printed, with nothing but what it imports', () => {
  test('is there', () => {
    expect(first?.title).toBe('README.md');
    expect(first?.runs).toBe(true);
  });

  test('has the types it needs', () => {
    expect(typeFaults([first!], emptyScope)).toEqual([]);
  });
});

test.runIf(running.length > 0).each(running)(
  'the block at %s runs and gives the results beside it',
  async (_place, block) => {
    expect((await runExample(block, scope)).faults).toEqual([]);
  },
);

function placeOf({ file, line }: Example): string {
  return `${inRepository(file)}:${line}`;
}
