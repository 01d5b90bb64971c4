import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Answer {
  readonly type: string;
  readonly body: string | Buffer;
}

/** Serves the page, its script and the backend's wasm files on a free port of this machine alone. */
export async function serve(script: string): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer(async ({ url = '/' }, response) => {
    const found = await answer(url, script);
    // Only an isolated page may share memory between threads, so only there tfjs picks its threaded build.
    const isolated = url.startsWith('/isolated') || url.startsWith('/page.js') || url.startsWith('/wasm/');
    if (isolated) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    response.writeHead(found ? 200 : 404, { 'Content-Type': found?.type ?? 'text/plain' });
    response.end(found?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const wasmFolder = dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm')));

async function answer(url: string, script: string): Promise<Answer | undefined> {
  if (url === '/' || url.startsWith('/isolated')) {
    return {
      type: 'text/html',
      body: '<!doctype html><title>minimart</title><script type="module" src="/page.js"></script>',
    };
  }
  if (url === '/page.js') return { type: 'text/javascript', body: script };
  const wasm = url.match(/^\/wasm\/([\w-]+\.wasm)$/)?.[1];
  return wasm ? { type: 'application/wasm', body: await readFile(join(wasmFolder, wasm)) } : undefined;
}
