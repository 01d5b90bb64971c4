import { nodeProgram } from '../harness/contender.js';
import type { Outcome } from '../harness/run-rounds.js';
import { median, shown } from '../harness/statistics.js';
import { table } from '../harness/table.js';
import type { Row } from './row.js';

// Forward passes and both gradients of rows A and B, the DCGAN's dense layer, and its convolutions as products.
const sizes = [
  [128, 784, 1024],
  [128, 1024, 784],
  [784, 128, 1024],
  [128, 1024, 512],
  [256, 256, 256],
  [256, 64, 256],
  [64, 100, 6272],
  [3136, 128, 1024],
] as const;

const kinds = ['plain', 'transposeA', 'transposeB'] as const;

/** Matrix products on wasm, ours beside those of tfjs. */
export const productsRow: Row = {
  name: 'products',
  title: 'Matrix products on wasm, GFLOP per second of processor time',
  contenders: [true, false].map((ours) => ({
    name: ours ? 'ours' : 'stock',
    command: nodeProgram('tfjs/products.ts'),
    request: { sizes, ours },
    timeout: 120_000,
  })),
  report: ([ours, stock]) => {
    const failure = ours?.failure ?? stock?.failure;
    if (!ours || !stock || failure) return failure ?? 'not run';
    const best = Math.max(...sizes.map((size) => speed(stock, `${size.join('×')} plain`)));
    const head = [
      'product',
      ...kinds.map((kind) => `stock ${kind}`),
      ...kinds.map((kind) => `ours ${kind}`),
      'slowest of ours',
    ];
    const rows = sizes.map((size) => {
      const name = size.join('×');
      const speeds = [stock, ours].map((outcome) => kinds.map((kind) => speed(outcome, `${name} ${kind}`)));
      const slowdown = speed(ours, `${name} plain`) / Math.min(...speeds[1]!);
      return [name, ...speeds.flat().map(shown), `${shown(slowdown)}x plain`];
    });
    return `${table(head, rows)}\n\nThe best that the stock plain product reaches: ${shown(best)} GFLOP/s.`;
  },
};

function speed({ measurements }: Outcome, name: string): number {
  return median(measurements.flatMap(({ series }) => series[name] ?? []));
}
