import { memory } from '@tensorflow/tfjs-core';
import { createRng, NonFiniteLossError } from 'minimart';
import { processorTime } from '../harness/processor-time.js';
import type { FuzzKind } from './kind.js';

/** What became of the cases of a kind. */
export interface FuzzRow {
  readonly kind: string;
  readonly cases: number;
  readonly refused: number;
  readonly accepted: number;
  /** Processor time of the slowest case. */
  readonly longest: number;
  /** What must not happen, each with the seed of its case. */
  readonly breaches: readonly string[];
}

/** Most milliseconds of processor time, and most bytes of typed arrays, that a case of a few kilobytes may take. */
const [mostTime, mostBytes] = [2000, 2 ** 26];

/** Runs so many cases of a kind; case `n` depends on the seed, the kind and `n` alone. */
export async function fuzz(kind: FuzzKind, cases: number, seed: number): Promise<FuzzRow> {
  const counts = { refused: 0, accepted: 0 };
  const breaches: string[] = [];
  let longest = 0;
  for (let number = 0; number < cases; number += 1) {
    const run = await kind.make(createRng(seed).stream(`${kind.name}/${number}`));
    const before = { tensors: memory().numTensors, bytes: process.memoryUsage().arrayBuffers, time: processorTime() };
    const fault = await faultOf(run, kind.readers, counts);
    const time = processorTime() - before.time;
    longest = Math.max(longest, time);
    const breach = (text: string) => breaches.push(`${kind.name}, seed ${seed}, case ${number}: ${text}`);
    if (fault !== undefined) breach(fault);
    if (time > mostTime) breach(`${Math.round(time)} ms`);
    if (process.memoryUsage().arrayBuffers - before.bytes > mostBytes) breach('memory');
    if (memory().numTensors !== before.tensors) breach(`${memory().numTensors - before.tensors} tensors are left`);
  }
  return { kind: kind.name, cases, ...counts, longest, breaches };
}

async function faultOf(
  run: () => unknown,
  readers: readonly string[],
  counts: { refused: number; accepted: number },
): Promise<string | undefined> {
  try {
    await run();
    counts.accepted += 1;
    return undefined;
  } catch (error) {
    counts.refused += 1;
    const { message } = error as Error;
    // Weights that are finite may be so large that training ends with its own error.
    const form = error instanceof NonFiniteLossError ? /^([\w.]+): / : /^([\w.]+): `[^`]+` must /;
    const where = error instanceof RangeError || error instanceof NonFiniteLossError ? form.exec(message)?.[1] : '';
    return where && readers.includes(where) ? undefined : String((error as Error).stack).slice(0, 700);
  }
}
