import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { decode } from 'fast-png';
import { builtExample } from './build-examples.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** How an example ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** Sees all output so far and may send a signal. */
export type OutputWatcher = (output: string, kill: (signal: NodeJS.Signals) => void) => void;

/** Runs one example, compiled, in a process of its own. */
export async function runExample(name: string, args: readonly string[], onOutput?: OutputWatcher): Promise<Ended> {
  return runNode([await builtExample(name), ...args], onOutput);
}

/** Runs one example as its users do. */
export function runExampleFile(name: string, args: readonly string[]): Promise<Ended> {
  return runNode(['--import', 'tsx', join('examples', name), ...args]);
}

function runNode(args: readonly string[], onOutput: OutputWatcher = () => {}): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd: root });
  let output = '';
  return new Promise((resolve, reject) => {
    const collect = (part: Buffer) => {
      output += part.toString();
      onOutput(output, (signal) => child.kill(signal));
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'minimart-example-'));
}

/** Size of a PNG file, and how far its darkest and its lightest pixel lie apart. */
export function inspectPng(path: string): { width: number; height: number; contrast: number } {
  const { width, height, data } = decode(readFileSync(path));
  const values = Array.from(data);
  const [low, high] = values.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [255, 0],
  );
  return { width, height, contrast: high! - low! };
}

/** The upper rows of a grey PNG. */
export function upperRows(path: string, rows: number): number[] {
  const { width, data } = decode(readFileSync(path));
  return Array.from(data.subarray(0, width * rows));
}

/** Writes a small data set in the format of Fashion-MNIST: bright squares of ten sizes; the images are compressed. */
export function writeSquares(folder: string, count: number): void {
  const images = Buffer.concat([header(3, [count, 28, 28]), Buffer.alloc(count * 784)]);
  const labels = Buffer.concat([header(1, [count]), Buffer.alloc(count)]);
  for (let index = 0; index < count; index += 1) {
    const label = index % 10;
    labels[8 + index] = label;
    for (let pixel = 0; pixel < 784; pixel += 1) {
      const inside = Math.max(Math.abs((pixel % 28) - 14), Math.abs(Math.floor(pixel / 28) - 14)) < label + 3;
      images[16 + 784 * index + pixel] = inside ? 200 : 0;
    }
  }
  writeFileSync(join(folder, 't10k-images-idx3-ubyte.gz'), gzipSync(images));
  writeFileSync(join(folder, 't10k-labels-idx1-ubyte'), labels);
}

function header(axes: number, sizes: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 4 * axes);
  bytes.set([0, 0, 8, axes]);
  sizes.forEach((size, axis) => {
    bytes.writeUInt32BE(size, 4 + 4 * axis);
  });
  return bytes;
}
