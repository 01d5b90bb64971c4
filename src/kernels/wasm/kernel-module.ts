import { decodeBase64 } from './decode-base64.js';
import { fuseProducts } from './fuse-products.js';
import { moduleBytes } from './module-bytes.js';
import type { WasmMemoryBackend } from './wasm-memory.js';

/**
 * The routines in assembly/, which say what each argument is. Arguments called after data are places in memory.
 *
 * They run in the memory of tfjs's wasm backend: no routine allocates, and none keeps anything between calls.
 */
export interface KernelRoutines {
  activate(
    values: number,
    rows: number,
    columns: number,
    bias: number,
    activation: number,
    alpha: number,
    output: number,
  ): void;
  adam(
    value: number,
    m: number,
    v: number,
    gradient: number,
    next: number,
    nextM: number,
    nextV: number,
    count: number,
    rate: number,
    beta1: number,
    rest1: number,
    beta2: number,
    rest2: number,
    epsilon: number,
    correction1: number,
    correction2: number,
  ): void;
  addScaledRows(
    values: number,
    valueIds: number,
    scales: number,
    rows: number,
    rowSize: number,
    sums: number,
    sumIds: number,
  ): void;
  addTakenRows(source: number, rowSize: number, ids: number, count: number, target: number): void;
  addRows(values: number, ids: number, sums: number, rows: number, rowSize: number, segments: number): void;
  batchNorm(
    values: number,
    rows: number,
    columns: number,
    mean: number,
    variance: number,
    scale: number,
    offset: number,
    epsilon: number,
    factors: number,
    output: number,
  ): void;
  convolutionInputGradient(
    outputGradient: number,
    filter: number,
    gradient: number,
    lines: number,
    chunk: number,
    columns: number,
    scratch: number,
  ): void;
  depthwiseGradient(toFilter: number, images: number, filter: number, output: number, lines: number): void;
  dotRows(
    left: number,
    leftIds: number,
    right: number,
    rightIds: number,
    rows: number,
    rowSize: number,
    output: number,
  ): void;
  geometryScratch(channels: number): number;
  keepPositive(values: number, gates: number, count: number): void;
  multiply(
    kind: number,
    left: number,
    leftRowBytes: number,
    leftStepBytes: number,
    right: number,
    rightStepBytes: number,
    rightColumnBytes: number,
    output: number,
    rows: number,
    depth: number,
    columns: number,
    scratch: number,
    accumulate?: number,
  ): void;
  multiplyNumbers(first: number, second: number, count: number, output: number): void;
  multiplyScratch(rows: number, depth: number): number;
  repeatBlocks(source: number, blocks: number, count: number, times: number, target: number): void;
  setGeometry(
    inHeight: number,
    inWidth: number,
    inChannels: number,
    outHeight: number,
    outWidth: number,
    outChannels: number,
    filterHeight: number,
    filterWidth: number,
    strideHeight: number,
    strideWidth: number,
    dilationHeight: number,
    dilationWidth: number,
    padTop: number,
    padLeft: number,
    scratch: number,
  ): void;
  sumRows(values: number, outer: number, rows: number, inner: number, sums: number, divisor: number): void;
  takeRows(
    tables: number,
    outer: number,
    tableRows: number,
    rowSize: number,
    ids: number,
    count: number,
    output: number,
  ): void;
  topScores(
    queries: number,
    rows: number,
    items: number,
    itemCount: number,
    size: number,
    bias: number,
    count: number,
    bestScores: number,
    bestItems: number,
    scratch: number,
  ): void;
  topScoresScratch(queries: number, size: number): number;
}

/** Finds the routines that run in a backend's memory. */
export type RoutinesOf = (backend: WasmMemoryBackend) => KernelRoutines;

/**
 * Compiles the kernels and gives a function that finds those bound to a backend's memory.
 *
 * The look-up instantiates where it must: tfjs may drop its backend and make another under the same name.
 */
export async function compileRoutines(): Promise<RoutinesOf> {
  const compiled = await compileModule();
  const bound = new WeakMap<WebAssembly.Memory, KernelRoutines>();
  return (backend) => {
    const { memory } = backend.wasm.asm;
    const present = bound.get(memory);
    if (present !== undefined) return present;
    const routines = bindRoutines(compiled, memory);
    bound.set(memory, routines);
    return routines;
  };
}

/** The routines in a memory of their own, which the caller may grow. */
export async function createOwnRoutines(): Promise<{ memory: WebAssembly.Memory; routines: KernelRoutines }> {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 65_536 });
  return { memory, routines: bindRoutines(await compileModule(), memory) };
}

let compiledModule: Promise<WebAssembly.Module> | undefined;

/** Compiles the kernels, once for the process, with fused products where the host has them. */
export function compileModule(): Promise<WebAssembly.Module> {
  compiledModule ??= compile();
  return compiledModule;
}

async function compile(): Promise<WebAssembly.Module> {
  const bytes = decodeBase64(moduleBytes);
  const fused = fuseProducts(bytes);
  return WebAssembly.compile(WebAssembly.validate(fused) ? fused : bytes);
}

/** The routines in a memory: tfjs's, or one of our own. */
export function bindRoutines(compiled: WebAssembly.Module, memory: WebAssembly.Memory): KernelRoutines {
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return exports as WebAssembly.Exports & KernelRoutines;
}
