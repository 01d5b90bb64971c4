import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const template = new URL('./service-worker.js', import.meta.url);

/** Adds a service worker that keeps every file of the build, so that the page opens without a network once it was there. */
export function offline(): Plugin {
  return {
    name: 'offline',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = ['./', ...Object.keys(bundle).filter((name) => name !== 'index.html')].sort();
      const version = createHash('sha256').update(files.join()).digest('hex').slice(0, 12);
      const source = fill(
        fill(readFileSync(template, 'utf8'), '__VERSION__', version),
        "'__FILES__'",
        JSON.stringify(files),
      );
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source });
    },
  };
}

function fill(text: string, place: string, value: string): string {
  if (!text.includes(place)) throw new Error(`The service worker has no ${place}.`);
  return text.replace(place, value);
}
