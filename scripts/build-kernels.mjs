// Compiles src/kernels/wasm/assembly into src/kernels/wasm/module-bytes.ts.
// With --check it only tells whether that file is what the sources give.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = `${root}src/kernels/wasm/module-bytes.ts`;

// The memory is tfjs's: it is imported, may grow up to the 4 GB that tfjs allows, and holds nothing of ours.
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

/** The compiled module. Throws with the compiler's own words when the sources do not compile. */
export async function compileKernels() {
  let bytes;
  const { error, stderr } = await asc.main(
    ['src/kernels/wasm/assembly/index.ts', '--outFile', 'kernels.wasm', ...options],
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

/** The text of module-bytes.ts for a compiled module. */
export function moduleSource(bytes) {
  return `/** The compiled kernels, in base64. Made by \`npm run build:kernels\` from the sources in assembly/. */
export const moduleBytes =
  '${Buffer.from(bytes).toString('base64')}';
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const source = moduleSource(await compileKernels());
  const isCurrent = source === (await readFile(target, 'utf8').catch(() => ''));
  if (process.argv.includes('--check')) {
    if (!isCurrent) throw new Error('src/kernels/wasm/module-bytes.ts is out of date: run `npm run build:kernels`.');
  } else if (!isCurrent) {
    await writeFile(target, source);
  }
}
