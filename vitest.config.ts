import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

// Files that look at what a process has registered, or change it for all that follow, have a process of their own. All others
// share one for each worker: to import tfjs anew for every file would take longer than the tests themselves. How long the
// event loop was held is measured alone too: what other tests left on the heap would be collected in that time.
const alone = [
  'tests/event-loop/**/*.test.ts',
  'tests/docs/{examples,first-gan,run-example}.test.ts',
  'tests/conformance/node.test.ts',
  'tests/kernels/**/*.test.ts',
  'tests/nn/register-layers.test.ts',
  'tests/node/fused-products/**/*.test.ts',
  'tests/wasm/**/*.test.ts',
];
const elsewhere = ['tests/package/**', 'tests/browser/**'];

export default defineConfig({
  resolve: {
    alias: [
      { find: /^minimart$/, replacement: source('index.ts') },
      { find: /^minimart\/(\w+)$/, replacement: source('$1/index.ts') },
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'shared', include: ['tests/**/*.test.ts'], exclude: [...elsewhere, ...alone], isolate: false },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
    setupFiles: ['tests/support/compare-bytes.ts'],
    // One for each core: by default one core is left out, which is half of two.
    maxWorkers: '100%',
    // tfjs recommends its native package on the first use of the cpu backend.
    onConsoleLog: (log) => (/TensorFlow.js in Node.js|^=+$|^\s*$/m.test(log) ? false : undefined),
    // Long enough for a machine that does other work besides.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
