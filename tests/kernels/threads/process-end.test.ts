import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('./program.ts', import.meta.url));

test('threads do not keep a process alive', async () => {
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', program], { timeout: 60_000 });
  expect((await run).stdout).toBe('200 on 2 threads\n');
});
