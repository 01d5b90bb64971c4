import { cp, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { findBrowser } from '../browser/find-browser.js';
import {
  bundleWithEsbuild,
  bundleWithVite,
  bundleWithWebpack,
  readmeLines,
  startVite,
  writeSources,
} from './bundled-apps.js';

let browser: Browser;
const servers: Server[] = [];
const built = new Map<string, Promise<string>>();
const apps = { urls: '', folder: '', pasted: '' };

// As the README's first example starts, with nothing said of files.
const pasted = `
import '@tensorflow/tfjs-backend-wasm';
import { useBackend } from 'minimart';
await useBackend('wasm');
`;

beforeAll(async () => {
  const executablePath = findBrowser(process.env);
  if (!executablePath) throw new Error('No browser: install chromium, or name one in CHROMIUM.');
  browser = await chromium.launch({ executablePath, args: ['--headless=new', '--no-sandbox', '--disable-quic'] });
  const [urls, folder] = await readmeLines();
  for (const [name, block] of Object.entries({ urls, folder, pasted })) {
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

describe.each(['/index.html', '/worker.html'])("the README's lines for wasm, bundled, in %s", (path) => {
  test('built by Vite', async () => {
    expect(await titleOf(`${await serve(await once('vite', () => bundleWithVite(apps.urls)))}${path}`)).toBe('fine');
  });

  test('served by Vite while developing', async () => {
    const server = await startVite(apps.urls);
    try {
      const { port } = server.httpServer!.address() as AddressInfo;
      expect(await titleOf(`http://127.0.0.1:${port}${path}`)).toBe('fine');
    } finally {
      await server.close();
    }
  });

  test('built by webpack', async () => {
    expect(await titleOf(`${await serve(await once('webpack', () => bundleWithWebpack(apps.urls)))}${path}`)).toBe(
      'fine',
    );
  });

  test('built by esbuild', async () => {
    expect(await titleOf(`${await serve(await once('esbuild', () => bundleWithEsbuild(apps.folder)))}${path}`)).toBe(
      'fine',
    );
  });

  test('in a page that is cross-origin isolated, where kernels run on all cores', async () => {
    const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
    expect(
      await titleOf(`${await serve(await once('esbuild', () => bundleWithEsbuild(apps.folder)), { headers })}${path}`),
    ).toBe('fine');
  });

  test('pasted without them: the error names the missing file, its status and the remedy', async () => {
    const message = await titleOf(
      `${await serve(await once('pasted', () => bundleWithEsbuild(apps.pasted, { copies: false })))}${path}`,
    );
    expect(message).toMatch(/^useBackend: `name` must .*tfjs-backend-wasm-simd\.wasm .*HTTP 404.*setWasmPaths/);
  });

  test('pasted, where a server answers with a page instead of 404', async () => {
    const url = await serve(await once('pasted', () => bundleWithEsbuild(apps.pasted, { copies: false })), {
      fallback: '/index.html',
    });
    expect(await titleOf(`${url}${path}`)).toMatch(/tfjs-backend-wasm-simd\.wasm .*no WebAssembly.*setWasmPaths/);
  });

  test('under a policy that forbids WebAssembly', async () => {
    const headers = { 'Content-Security-Policy': "script-src 'self'" };
    const url = await serve(await once('esbuild', () => bundleWithEsbuild(apps.folder)), { headers });
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

interface ServeOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** File that is sent where there is none, as servers of single-page apps do. */
  readonly fallback?: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

async function serve(folder: string, { headers = {}, fallback }: ServeOptions = {}): Promise<string> {
  const server = createServer(async ({ url = '/' }, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const path = url.split('?')[0]!;
    const body = await readFile(join(folder, path)).catch(() => undefined);
    const instead = fallback && !body ? await readFile(join(folder, fallback)) : undefined;
    const type = instead ? 'text/html' : types[extname(path)];
    response.writeHead(body || instead ? 200 : 404, { 'Content-Type': type ?? 'text/plain' });
    response.end(body ?? instead);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
