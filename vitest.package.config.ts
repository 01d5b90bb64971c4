import { defineConfig } from 'vitest/config';

// Packs the package, installs it as a stranger would, and looks at what arrived. Needs a registry, so it is no part of
// `npm test`.
export default defineConfig({
  test: {
    include: ['tests/package/**/*.test.ts'],
    globalSetup: ['tests/package/install-apps.ts'],
    testTimeout: 300_000,
    fileParallelism: false,
  },
});
