// Builds the playground as an app of its own: packs the library, installs the package beside what the lock file names, checks types
// and bundles. `npm run playground` then serves it. What is built already is not built again.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const app = join(root, 'examples/playground');
const packed = join(app, 'packed');

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}

/** When the youngest file in a folder was changed. */
function changed(folder) {
  const paths = readdirSync(folder, { recursive: true }).map((path) => join(folder, path));
  return Math.max(...paths.map((path) => statSync(path).mtimeMs));
}

const built = join(root, 'dist/types/index.d.cts');
const isBuilt = existsSync(built) && statSync(built).mtimeMs > changed(join(root, 'src'));
rmSync(packed, { recursive: true, force: true });
mkdirSync(packed);
run('npm', ['pack', '--loglevel=error', ...(isBuilt ? ['--ignore-scripts'] : []), '--pack-destination', packed], root);
const lock = join(app, 'package-lock.json');
const installed = join(app, 'node_modules/.package-lock.json');
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], app);
}
// Outside the lock file: a package that is packed anew each time has no checksum to hold it to.
const tarball = join(packed, readdirSync(packed)[0]);
run('npm', ['install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error', tarball], app);
run('npm', ['run', '--silent', 'check'], app);
run('npm', ['run', '--silent', 'build'], app);
if (process.argv.includes('--serve')) run('npm', ['run', 'preview'], app);
