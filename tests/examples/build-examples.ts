import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { compilePrograms, root } from '../support/compile-programs.js';

const folder = 'bench/.build/tests/examples';

let built: Promise<void> | undefined;

/** The compiled program of an example, all of which are compiled at the first call. */
export async function builtExample(name: string): Promise<string> {
  built ??= buildExamples();
  await built;
  return join(root, folder, `${basename(name, '.ts')}.mjs`);
}

async function buildExamples(): Promise<void> {
  const names = (await readdir(join(root, 'examples'))).filter((name) => name.endsWith('.ts'));
  await compilePrograms(
    names.map((name) => `examples/${name}`),
    folder,
  );
}
