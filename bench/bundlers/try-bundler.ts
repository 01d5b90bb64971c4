import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { runCommand } from '../../tests/package/run-command.js';
import { isolating, serveFolder, strictPolicy } from '../../tests/package/serve-folder.js';
import { appFiles, makeApp, writeFiles } from './apps.js';
import type { Bundler } from './bundlers.js';

export interface Place {
  readonly folder: string;
  readonly tarball: string;
  readonly lines: string;
}

interface Outcome {
  readonly version: string;
  /** What was seen in a page, in a worker, under a strict policy, in an isolated page. */
  readonly seen: readonly string[];
}

/** Bundles the lines in an app of their own, and tells what pages with them print. */
export async function tryBundler(
  bundler: Bundler,
  { folder, tarball, lines, browser }: Place & { readonly browser: Browser },
): Promise<Outcome> {
  const app = join(folder, bundler.name.replaceAll(/\W+/g, '-').toLowerCase());
  await makeApp(app, tarball, bundler.packages, bundler.manifest ?? {});
  await writeFiles(app, { ...(await appFiles()), ...bundler.files(lines) });
  const version = await versionOf(app, bundler.packages[0]!);
  if (bundler.isServer) return { version, seen: await seeServer(bundler, app, browser) };
  const { code, stdout, stderr } = await runCommand('npx', bundler.command, app);
  if (code !== 0) return { version, seen: [`does not build: ${oneLine(stderr || stdout)}`] };
  if (bundler.page) await writeFile(join(app, bundler.out, 'index.html'), bundler.page);
  return { version, seen: await seePages(join(app, bundler.out), browser) };
}

async function seePages(built: string, browser: Browser): Promise<string[]> {
  const ways = [
    { path: '/', headers: {} },
    { path: '/?worker', headers: {} },
    { path: '/', headers: strictPolicy },
    { path: '/', headers: isolating },
  ];
  const seen: string[] = [];
  for (const { path, headers } of ways) {
    const { url, server } = await serveFolder(built, { headers });
    seen.push(await printedBy(browser, `${url}${path}`));
    server.close();
  }
  return seen;
}

async function seeServer({ command: [name, ...rest] }: Bundler, app: string, browser: Browser): Promise<string[]> {
  const port = 20_000 + (process.pid % 20_000);
  const child = spawn(process.execPath, [join(app, 'node_modules/.bin', name!), ...rest, String(port)], {
    cwd: app,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const url = `http://127.0.0.1:${port}`;
    return [await printedBy(browser, `${url}/`), await printedBy(browser, `${url}/?worker`), '-', '-'];
  } finally {
    child.kill();
  }
}

/** Whether a line is the one that the README's example ends with: both columns, with their means and deviations as numbers. */
export const isLastLine = (line: string) => /^pieces -?\d+\.\d \+- \d+\.\d pence -?\d+ \+- \d+$/.test(line);

/** The line that the README's example ends with, or what went wrong. */
async function printedBy(browser: Browser, url: string): Promise<string> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  try {
    return await new Promise<string>((resolve) => {
      const end = setTimeout(() => resolve(`nothing within 60 s: ${complaints.join('; ')}`), 60_000);
      const settle = (text: string) => {
        clearTimeout(end);
        resolve(text);
      };
      page.on('console', (message) => {
        if (isLastLine(message.text())) settle(oneLine(message.text()));
        else if (message.type() === 'error') complaints.push(oneLine(message.text()));
      });
      page.on('pageerror', ({ message }) => settle(oneLine(message)));
      page.goto(url).catch((error: Error) => settle(oneLine(error.message)));
    });
  } finally {
    await page.close();
  }
}

export async function versionOf(app: string, name: string): Promise<string> {
  return JSON.parse(await readFile(join(app, 'node_modules', name, 'package.json'), 'utf8')).version;
}

export const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').replaceAll('|', '/').trim().slice(0, 200);
