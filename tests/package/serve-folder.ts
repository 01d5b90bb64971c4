import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

export interface ServeOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** File that is sent where there is none, as servers of single-page apps do. */
  readonly fallback?: string;
}

export interface Served {
  readonly url: string;
  readonly server: Server;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};

/** What makes a page cross-origin isolated, where threads can share memory. */
export const isolating = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** The strictest policy under which WebAssembly runs: nothing from elsewhere, no inline script, no `eval`. */
export const strictPolicy = { 'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" };

/** Serves the files of a folder on a free port of this machine alone. */
export async function serveFolder(folder: string, { headers = {}, fallback }: ServeOptions = {}): Promise<Served> {
  const server = createServer(async ({ url = '/' }, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const path = url.split('?')[0]!;
    const file = path.endsWith('/') ? `${path}index.html` : path;
    const body = await readFile(join(folder, file)).catch(() => undefined);
    const instead = fallback && !body ? await readFile(join(folder, fallback)) : undefined;
    const type = instead ? 'text/html' : types[extname(file)];
    response.writeHead(body || instead ? 200 : 404, { 'Content-Type': type ?? 'text/plain' });
    response.end(body ?? instead);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
