import { cp } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { findBrowser } from '../browser/find-browser.js';
import {
  bundleWithEsbuild,
  bundleWithVite,
  bundleWithWebpack,
  firstLines,
  folderLines,
  startVite,
  withOneStep,
  writeSources,
} from './bundled-apps.js';
import { isolating, type ServeOptions, serveFolder, strictPolicy } from './serve-folder.js';

let browser: Browser;
const servers: Server[] = [];
const built = new Map<string, Promise<string>>();
const apps = { first: '', folder: '', missing: '' };

// Files that nobody copied, and nothing said of them.
const missing = `
import '@tensorflow/tfjs-backend-wasm';
import { useBackend } from 'minimart';
await useBackend('wasm');
`;

beforeAll(async () => {
  const executablePath = findBrowser(process.env);
  if (!executablePath) throw new Error('No browser: install chromium, or name one in CHROMIUM.');
  browser = await chromium.launch({ executablePath, args: ['--headless=new', '--no-sandbox', '--disable-quic'] });
  const blocks = {
    first: await firstLines(),
    folder: withOneStep(await folderLines()),
    missing: withOneStep(missing),
  };
  for (const [name, block] of Object.entries(blocks)) {
    const app = join(inject('esmApp'), '..', `bundled-${name}`);
    await cp(inject('esmApp'), app, { recursive: true });
    await writeSources(app, block);
    apps[name as keyof typeof apps] = app;
  }
}, 300_000);

afterAll(async () => {
  await browser?.close();
  for (const server of servers) server.close();
});

const first = () => once('first', () => bundleWithEsbuild(apps.first));
const pasted = () => once('missing', () => bundleWithEsbuild(apps.missing));

describe.each(['/index.html', '/worker.html'])("the README's first lines, bundled, in %s", (path) => {
  test('built by Vite', async () => {
    expect(await titleOf(`${await serve(await once('vite', () => bundleWithVite(apps.first)))}${path}`)).toBe('fine');
  });

  test('served by Vite while developing', async () => {
    const server = await startVite(apps.first);
    try {
      const { port } = server.httpServer!.address() as AddressInfo;
      expect(await titleOf(`http://127.0.0.1:${port}${path}`)).toBe('fine');
    } finally {
      await server.close();
    }
  });

  test('built by webpack', async () => {
    expect(await titleOf(`${await serve(await once('webpack', () => bundleWithWebpack(apps.first)))}${path}`)).toBe(
      'fine',
    );
  });

  test('built by esbuild', async () => {
    expect(await titleOf(`${await serve(await first())}${path}`)).toBe('fine');
  });

  test('under a policy that allows nothing from elsewhere, no inline script and no eval', async () => {
    expect(await titleOf(`${await serve(await first(), { headers: strictPolicy })}${path}`)).toBe('fine');
  });

  test('in a page that is cross-origin isolated, where kernels run on all cores', async () => {
    expect(await titleOf(`${await serve(await first(), { headers: isolating })}${path}`)).toBe('fine');
  });

  test('under a policy that forbids WebAssembly', async () => {
    const headers = { 'Content-Security-Policy': "script-src 'self'" };
    expect(await titleOf(`${await serve(await first(), { headers })}${path}`)).toMatch(
      /^startWasm: .*'wasm-unsafe-eval'/,
    );
  });
});

describe.each(['/index.html', '/worker.html'])('lines of useBackend and files, bundled, in %s', (path) => {
  test("with files in a folder, by the README's lines", async () => {
    const bundle = () => bundleWithEsbuild(apps.folder, { copies: true });
    expect(await titleOf(`${await serve(await once('folder', bundle))}${path}`)).toBe('fine');
  });

  test('without files: the error names the missing one, its status and the remedy', async () => {
    expect(await titleOf(`${await serve(await pasted())}${path}`)).toMatch(
      /^useBackend: `name` must .*tfjs-backend-wasm-simd\.wasm .*HTTP 404.*startWasm.*setWasmPaths/,
    );
  });

  test('without files, where a server answers with a page instead of 404', async () => {
    const url = await serve(await pasted(), { fallback: '/index.html' });
    expect(await titleOf(`${url}${path}`)).toMatch(/tfjs-backend-wasm-simd\.wasm .*no WebAssembly.*startWasm/);
  });

  test('under a policy that forbids WebAssembly', async () => {
    const headers = { 'Content-Security-Policy': "script-src 'self'" };
    const url = await serve(await pasted(), { headers });
    expect(await titleOf(`${url}${path}`)).toMatch(/^useBackend: .*'wasm-unsafe-eval'/);
  });
});

// A bundle serves the page and the worker.
function once(name: string, bundle: () => Promise<string>): Promise<string> {
  const present = built.get(name) ?? bundle();
  built.set(name, present);
  return present;
}

async function titleOf(url: string): Promise<string> {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    await page.waitForFunction(() => document.title !== '', undefined, { timeout: 60_000 });
    return await page.title();
  } finally {
    await page.close();
  }
}

async function serve(folder: string, options: ServeOptions = {}): Promise<string> {
  const { url, server } = await serveFolder(folder, options);
  servers.push(server);
  return url;
}
