import 'fake-indexeddb/auto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { installBrowserStorage } from './browser-storage.js';
import { writeFixtureFiles } from './fixtures.js';

/** Lets the examples of a test file work in a folder of their own, which goes afterwards, and keeps them quiet. */
export function useWorkFolder(): void {
  const before = process.cwd();
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minimart-'));
    await writeFixtureFiles(folder);
    process.chdir(folder);
    installBrowserStorage();
  });
  beforeEach(() => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  afterAll(async () => {
    process.chdir(before);
    await rm(folder, { recursive: true });
  });
}
