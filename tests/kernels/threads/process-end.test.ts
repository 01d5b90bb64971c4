import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { compilePrograms, root } from '../../support/compile-programs.js';

const folder = 'bench/.build/tests/threads';

test('threads do not keep a process alive', async () => {
  await compilePrograms(['tests/kernels/threads/program.ts'], folder);
  const run = promisify(execFile)(process.execPath, [join(root, folder, 'program.mjs')], { timeout: 60_000 });
  expect((await run).stdout).toBe('200 on 2 threads\n');
});
