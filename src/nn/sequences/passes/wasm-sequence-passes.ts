import { decodeModule } from '../../../kernels/wasm/module/decode-module.js';
import { moduleBytes } from '../../../kernels/wasm/module/sequence-bytes.js';
import { shareMemory } from '../../../kernels/wasm/module/share-memory.js';
import { isShared } from '../../../kernels/wasm/module/wasm-memory.js';
import type { WasmArena } from '../../host/arena.js';
import { dropoutFactors } from './hashed-dropout.js';
import { epsilon } from './layer-norm.js';
import type { OpenPasses, SequencePasses } from './sequence-passes.js';

/** The routines in kernels/wasm/assembly/sequences.ts, which say what each argument is. */
interface SequenceKernels {
  layerNorm(...numbers: number[]): void;
  layerNormGradient(...numbers: number[]): void;
  dropOut(...numbers: number[]): void;
  softmaxRows(block: number, first: number, end: number, scale: number): void;
  softmaxGradient(block: number, slopes: number, first: number, end: number, scale: number): void;
  add(source: number, target: number, count: number): void;
  multiplyBy(values: number, count: number, factor: number): void;
  gbceSlopes(...numbers: number[]): number;
}

/** The passes by vectors, in the memory of an arena. */
export async function openWasmPasses({ memory, routines }: WasmArena): Promise<OpenPasses> {
  const bytes = await decodeModule(moduleBytes);
  const compiled = await WebAssembly.compile((isShared(memory) ? shareMemory(bytes) : undefined) ?? bytes);
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const kernels = exports as WebAssembly.Exports & SequenceKernels;
  return ({ buffer }, address, ids) => bind(kernels, routines, buffer, { address, ids });
}

function bind(
  kernels: SequenceKernels,
  routines: WasmArena['routines'],
  buffer: ArrayBufferLike,
  { address, ids: list }: { readonly address: number; readonly ids: number },
): SequencePasses {
  const at = (place: number) => address + 4 * place;
  const put = (ids: Int32Array, from = 0): number => {
    new Int32Array(buffer, at(list + from), ids.length).set(ids);
    return at(list + from);
  };
  return {
    layerNorm: ({ input, output, statistics }, { scale, offset }, count, size) =>
      kernels.layerNorm(at(input), at(output), at(statistics), at(scale), at(offset), count, size, epsilon),
    layerNormGradient: ({ input, statistics }, { scale }, gradient, slopes, count, size) =>
      kernels.layerNormGradient(
        ...[input, statistics, scale, gradient.scale, gradient.offset, slopes].map(at),
        ...[count, size],
      ),
    dropOut: (source, target, count, dropout, first = 0) => {
      const { bound, kept } = dropoutFactors(dropout);
      kernels.dropOut(at(source), at(target), count, dropout.seed, first, bound, kept);
    },
    softmaxRows: ({ start, first, end, scale }) => kernels.softmaxRows(at(start), first, end, scale),
    softmaxGradient: ({ start, first, end, scale }, slopes) =>
      kernels.softmaxGradient(at(start), at(slopes), first, end, scale),
    add: (source, target, count) => kernels.add(at(source), at(target), count),
    scale: (values, count, factor) => kernels.multiplyBy(at(values), count, factor),
    gbceSlopes: ({ positives, negatives }, items, beta, share) => {
      const targets = put(items.targets);
      const drawn = put(items.negatives, items.targets.length);
      const [rows, count] = [items.targets.length, items.negatives.length];
      return share * kernels.gbceSlopes(at(positives), at(negatives), targets, drawn, rows, count, beta, share);
    },
    addTakenRows: (source, size, ids, target) =>
      routines.addTakenRows(at(source), size, put(ids), ids.length, at(target)),
    addRows: (values, size, ids, sums, scales) => {
      const rows = put(ids);
      if (scales === undefined) routines.addRows(at(values), rows, at(sums), ids.length, size, 2 ** 31 - 1);
      else routines.addScaledRows(at(values), 0, at(scales), ids.length, size, at(sums), rows);
    },
    dotRows: (left, right, rows, size, output) => routines.dotRows(at(left), 0, at(right), 0, rows, size, at(output)),
  };
}
