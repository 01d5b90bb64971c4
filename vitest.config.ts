import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^minimart$/, replacement: source('index.ts') },
      { find: /^minimart\/(\w+)$/, replacement: source('$1/index.ts') },
    ],
  },
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['tests/package/**', 'tests/browser/**'],
    // tfjs recommends its native package on the first use of the cpu backend.
    onConsoleLog: (log) => (/TensorFlow.js in Node.js|^=+$|^\s*$/m.test(log) ? false : undefined),
    testTimeout: 60_000,
  },
});
