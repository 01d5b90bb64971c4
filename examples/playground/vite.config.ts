import { defineConfig } from 'vite';
import { garments } from './build/garments.js';
import { offline } from './build/offline.js';

export default defineConfig({
  // Relative, so that the built folder opens from any host and any path.
  base: './',
  plugins: [garments(), offline()],
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // Nothing inline: the page's policy allows scripts of its own files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
});
