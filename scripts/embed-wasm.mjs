// Writes src/wasm/simd-binary.ts, which holds the SIMD binary of the installed @tensorflow/tfjs-backend-wasm, so that bundles need
// not be told where that file is. Run after a change of its version: node scripts/embed-wasm.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = `${root}node_modules/@tensorflow/tfjs-backend-wasm/`;
const { version } = JSON.parse(await readFile(`${home}package.json`, 'utf8'));
const binary = await readFile(`${home}dist/tfjs-backend-wasm-simd.wasm`);

await writeFile(
  `${root}src/wasm/simd-binary.ts`,
  `/**
 * tfjs-backend-wasm-simd.wasm of @tensorflow/tfjs-backend-wasm, deflated, in base64. Made by \`node scripts/embed-wasm.mjs\`.
 *
 * Copyright 2019 Google LLC, under the Apache License 2.0: THIRD-PARTY-NOTICES.txt.
 */
export const simdBinary =
  '${deflateSync(binary, { level: 9 }).toString('base64')}';

/** The version of that package. The script beside a binary calls it by names that differ in every version. */
export const binaryVersion = '${version}';
`,
);
