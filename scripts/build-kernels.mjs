// Compiles the modules of src/kernels/wasm/assembly into files of src/kernels/wasm/module that hold their bytes.
// With --check it only tells whether those files are what the sources give.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { deflateSync, inflateSync } from 'node:zlib';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Each module's source in assembly/, and the file for its bytes. */
export const modules = [
  { source: 'index.ts', target: 'module/module-bytes.ts' },
  { source: 'products/dot-product-pass.ts', target: 'module/dot-product-bytes.ts' },
  { source: 'double.ts', target: 'module/double-bytes.ts' },
  { source: 'sequences.ts', target: 'module/sequence-bytes.ts' },
  { source: 'least-squares.ts', target: 'module/least-squares-bytes.ts' },
];

// A memory is imported, tfjs's or a trainer's; it may grow up to the 4 GB that tfjs allows, and holds nothing of ours.
const options = [
  ['--runtime', 'stub'],
  ['--optimizeLevel', '3'],
  ['--enable', 'simd'],
  ['--enable', 'bulk-memory'],
  ['--initialMemory', '1'],
  ['--maximumMemory', '65536'],
  ['--importMemory'],
  ['--noExportMemory'],
  ['--noAssert'],
  ['--zeroFilledMemory'],
].flat();

/** The compiled module, with other options of the compiler if any. Throws with the compiler's own words when the sources do not compile. */
export async function compileKernels(source = 'index.ts', others = []) {
  let bytes;
  const { error, stderr } = await asc.main(
    [`src/kernels/wasm/assembly/${source}`, '--outFile', 'kernels.wasm', ...options, ...others],
    {
      readFile: (name, base) => readFile(`${root}${base === '.' ? '' : base}/${name}`, 'utf8').catch(() => null),
      writeFile: (_name, contents) => {
        bytes = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr}`);
  return bytes;
}

/** The text of the file that holds a compiled module. */
export function moduleSource(bytes) {
  return `/** The compiled kernels, deflated, in base64. Made by \`npm run build:kernels\` from the sources in assembly/. */
export const moduleBytes =
  '${deflateSync(bytes, { level: 9 }).toString('base64')}';
`;
}

/** The module that such a text holds: versions of zlib may deflate the same bytes differently. Empty where it holds none. */
export function moduleIn(text) {
  try {
    return inflateSync(Buffer.from(text.match(/'([\w+/=]+)';/)?.[1] ?? '', 'base64'));
  } catch {
    return Buffer.alloc(0);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { source, target } of modules) {
    const path = `${root}src/kernels/wasm/${target}`;
    const bytes = await compileKernels(source);
    const isCurrent = moduleIn(await readFile(path, 'utf8').catch(() => '')).equals(bytes);
    if (process.argv.includes('--check')) {
      if (!isCurrent) throw new Error(`src/kernels/wasm/${target} is out of date: run \`npm run build:kernels\`.`);
    } else if (!isCurrent) {
      await writeFile(path, moduleSource(bytes));
    }
  }
}
