import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

// What is written last; a build begins by deleting it.
const lastBuilt = ['dist/esm/index.js', 'dist/cjs/index.cjs', 'dist/types/index.d.ts', 'dist/types/index.d.cts'];
const settings = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsup.config.ts'];

/** Whether `dist` was built after the last change of what it is built from. */
export async function isBuilt(root: string): Promise<boolean> {
  const built = await Promise.all(lastBuilt.map((path) => changed(join(root, path))));
  // Folders too, which change when a file in them goes.
  const inside = await readdir(join(root, 'src'), { recursive: true });
  const sources = [...settings, 'src', ...inside.map((path) => join('src', path))];
  const changes = await Promise.all(sources.map((path) => changed(join(root, path))));
  return changes.every((each) => each < Math.min(...built));
}

/** When a file was changed, never if it is not there. */
async function changed(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.NEGATIVE_INFINITY,
  );
}
