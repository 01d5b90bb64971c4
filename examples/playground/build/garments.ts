import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** How many pictures the page learns from: 4,000 of the 10,000, so that they are there within seconds on a phone. */
const count = 4000;
const pixels = 28 * 28;
const header = 16;

const source = new URL('../../data/fashion-mnist/', import.meta.url);
const target = new URL('../generated/', import.meta.url);

/** Writes the first pictures of Fashion-MNIST as raw bytes, gzipped, with their licence, for the page to import by their address. */
export function garments(): Plugin {
  return {
    name: 'garments',
    buildStart() {
      const all = gunzipSync(readFileSync(fileURLToPath(new URL('t10k-images-idx3-ubyte.gz', source))));
      const first = all.subarray(header, header + count * pixels);
      mkdirSync(target, { recursive: true });
      writeFileSync(new URL('garments.bin', target), gzipSync(first, { level: 9 }));
      writeFileSync(new URL('garments-licence.txt', target), readFileSync(new URL('LICENSE', source)));
    },
  };
}
