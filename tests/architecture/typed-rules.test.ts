import { readFileSync } from 'node:fs';
import * as minimart from 'minimart';
import * as minimartNode from 'minimart/node';
import * as minimartReport from 'minimart/report';
import * as minimartWasm from 'minimart/wasm';
import { describe, expect, test } from 'vitest';
import { apiReport, createSourceProgram, reportFile, sourceEntries } from '../../scripts/api-report.js';
import { describeRefusals, refusalsFile } from '../../scripts/refusals.js';
import { short, without } from '../event-loop/no-rows.js';
import { asyncExports } from './async-exports.js';
import { writtenRows } from './event-loop-rows.js';
import { guesses } from './guessing-rules.js';
import { optionParameters } from './option-parameters.js';
import { sourceFiles } from './source-program.js';

const modules: Record<string, Readonly<Record<string, unknown>>> = {
  'index.ts': { ...minimart },
  'node/index.ts': { ...minimartNode },
  'report/index.ts': { ...minimartReport },
  'wasm/index.ts': { ...minimartWasm },
};

// A misspelt option that is ignored gives a wrong result without a word. So options are looked at first, before the
// other arguments: that is what lets this test call every public function without knowing what it takes.
const program = createSourceProgram();
const parameters = optionParameters(program);

test('nothing is decided by how a function or an error is written', () => {
  expect(guesses(program)).toEqual([]);
});

// What users can import changes in the open: the report is written anew by `npm run api`, and read in each review.
test('the report of the public API is true', () => {
  expect(readFileSync(reportFile, 'utf8')).toBe(apiReport(program, sourceEntries()));
});

describe('the page of refusals', () => {
  const { page, refusals } = describeRefusals(program);

  test('is true', () => {
    expect(readFileSync(refusalsFile, 'utf8')).toBe(page);
  });

  // Names of methods stand in the report too, as members of types. A layer says its class's name, by which files know it;
  // what reads a file says `checkpoint` and `config` again in its own name.
  test('names functions that users can call, and no others', () => {
    const report = readFileSync(reportFile, 'utf8');
    const classes = new Set(
      sourceFiles(program).flatMap(([, file]) =>
        [...file.text.matchAll(/class (\w+) extends/g)].map(([, name]) => name!),
      ),
    );
    const isPublic = (name: string) => new RegExp(`\\b${name.split('.').at(-1)}\\??( \\[|[(<]|: \\()`).test(report);
    const strangers = new Set(
      refusals.map(({ where }) => where).filter((where) => !isPublic(where) && !classes.has(where.split('.')[0]!)),
    );
    expect([...strangers].sort()).toEqual(['checkpoint', 'config']);
  });

  // What is found in the sources without running them, beside what the tests below see when they run.
  test('has every function whose options are looked at', () => {
    const found = refusals.filter(({ rule }) => rule.startsWith('be left out: there is no such option'));
    const names = new Set(found.map(({ where }) => where));
    expect(parameters.map(({ name }) => name).filter((name) => !names.has(name))).toEqual([]);
  });
});

test('every asynchronous function of the package has a row in tests/event-loop, or a reason to have none', () => {
  const found = asyncExports(program);
  expect(found.length).toBeGreaterThan(50);
  const rows = writtenRows().filter(({ name }) => !name.includes(','));
  const names = new Set(rows.map(({ name }) => name));
  expect([...names, ...Object.keys(without), ...Object.keys(short)].sort()).toEqual(
    found.map(({ name }) => name).sort(),
  );
  const stopping = found.filter(({ name, takesSignal }) => takesSignal && names.has(name)).map(({ name }) => name);
  expect(rows.filter(({ takesSignal }) => takesSignal).map(({ name }) => name)).toEqual(
    expect.arrayContaining(stopping),
  );
});

test('there are options to look at', () => {
  expect(parameters.length).toBeGreaterThan(100);
});

describe('unknown options are refused by name', () => {
  test.each(parameters)('$folder: $name', async ({ entry, name, index }) => {
    const call = modules[entry]![name] as (...values: unknown[]) => unknown;
    const values: unknown[] = Array.from({ length: index + 1 });
    values[index] = { unheardOf: 1 };
    const message = await messageOf(() => call(...values));
    expect(message).toMatch(new RegExp(`^${name}: \`unheardOf\` must be left out`));
  });
});

describe('what is no object is refused as options', () => {
  test.each(parameters)('$folder: $name', async ({ entry, name, index }) => {
    const call = modules[entry]![name] as (...values: unknown[]) => unknown;
    const values: unknown[] = Array.from({ length: index + 1 });
    values[index] = 'fast';
    const message = await messageOf(() => call(...values));
    expect(message).toMatch(new RegExp(`^${name}: .* must .*received 'fast' \\(string\\)`));
  });
});

/** What the error says, of calls that throw, reject, or give an iterator that does at its first step. */
async function messageOf(call: () => unknown): Promise<string> {
  try {
    const result = await call();
    const iterator = (result as AsyncIterable<unknown> | undefined)?.[Symbol.asyncIterator]?.();
    await iterator?.next();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was thrown';
}
