import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { decodeSafetensors, encodeSafetensors, type Safetensor } from 'minimart';
import { runChild } from './run-child.js';

/** What became of the files of one kind. */
export interface PythonRow {
  readonly file: string;
  readonly tensors: number;
  /** What must not happen. */
  readonly faults: readonly string[];
}

const script = fileURLToPath(new URL('../peers/rewrite_safetensors.py', import.meta.url));

/**
 * Lets the `safetensors` of Python read our files and write them anew, reads those, and lets runs go on from checkpoints that
 * Python wrote.
 *
 * @param python - A Python that has it, and numpy.
 */
export async function pythonRows(program: string, python: string, trainers: readonly string[]): Promise<PythonRow[]> {
  if (!hasSafetensors(python)) {
    console.error(`${python} has no safetensors or no numpy: what Python makes of the files is left out.`);
    return [];
  }
  const folder = await mkdtemp(join(tmpdir(), 'minimart-python-'));
  try {
    const plain = join(folder, 'all.safetensors');
    await writeFile(plain, encodeSafetensors(everyType(), { metadata: { made: 'here, ∂' } }));
    const rows: PythonRow[] = [{ file: 'every type and shape', ...(await there(python, plain)) }];
    for (const trainer of trainers) rows.push(await checkpointRow(program, python, join(folder, trainer), trainer));
    return rows;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function hasSafetensors(python: string): boolean {
  return spawnSync(python, ['-c', 'import safetensors.numpy']).status === 0;
}

async function checkpointRow(program: string, python: string, folder: string, trainer: string): Promise<PythonRow> {
  const request = { trainer, backend: 'cpu', steps: 40 };
  const { digest } = await runChild(program, request);
  await runChild(program, { ...request, folder, stopAt: 20 });
  const path = join(
    folder,
    (await readdir(folder))
      .filter((name) => name.endsWith('.safetensors'))
      .sort()
      .at(-1)!,
  );
  const { tensors, faults } = await there(python, path);
  await rename(`${path}.python`, path);
  const last = await runChild(program, { ...request, folder });
  if (last.read.join() !== '20' || last.digest !== digest) faults.push(`did not go on from it: ${last.failed}`);
  return { file: `checkpoint of ${trainer}`, tensors, faults };
}

/** A file there and back. */
async function there(python: string, path: string): Promise<{ tensors: number; faults: string[] }> {
  const ours = decodeSafetensors(await readFile(path));
  const answer = execFileSync(python, [script, JSON.stringify([[path, `${path}.python`]])], { encoding: 'utf8' });
  const [found] = JSON.parse(answer) as [Record<string, readonly [string, readonly number[], string]>];
  const theirs = decodeSafetensors(await readFile(`${path}.python`));
  const names = Object.keys(ours.tensors);
  const faults: string[] = [];
  if (Object.keys(found).length !== names.length) faults.push('other names');
  if (!isDeepStrictEqual({ ...theirs.metadata }, { ...ours.metadata })) faults.push('other metadata');
  for (const name of names) {
    const expected = said(ours.tensors[name]!);
    if (JSON.stringify(found[name]) !== expected) faults.push(`Python read ${name} as ${found[name]}`);
    if (said(theirs.tensors[name]!) !== expected) faults.push(`what Python wrote of ${name} is not the same`);
  }
  return { tensors: names.length, faults };
}

function said({ values, shape }: Safetensor): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const digest = createHash('sha256').update(bytes).digest('hex');
  return JSON.stringify([values.constructor.name.replace('Array', '').toLowerCase(), shape, digest]);
}

function everyType() {
  const types = [Float64Array, Float32Array, Int32Array, Uint32Array, Int16Array, Uint16Array, Int8Array, Uint8Array];
  const tensors = types.map((type) => [type.name, { shape: [2, 3], values: type.of(0, 1, 2, 3, 100, 127) }] as const);
  return {
    ...Object.fromEntries(tensors),
    extremes: { shape: [4], values: Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, -0, 1.4e-45) },
    'a number, ∂': { shape: [], values: Float32Array.of(7) },
    nothing: { shape: [0, 3], values: new Float32Array(0) },
  };
}
