import { type Contender, nodeProgram, pythonProgram } from '../harness/contender.js';
import { fewer } from './fewer.js';
import { type GanWork, ganWorks } from './gan-work.js';
import { reportRatios } from './report-ratios.js';
import type { Row } from './row.js';

const pace = { warmup: 30, steps: 30, budget: 2500 };
const once = { warmup: 0, steps: 1, budget: 0 };
const minute = 60_000;

/** Rows A, B and D: a GAN's step, ours, a stock loop's and the peers'. */
export const ganRows: readonly Row[] = [
  ganRow('A', 'GAN step, 784-256-512-1024-784 / 784-1024-512-256-1, batch 128', ganWorks.A, [
    'ours, cpu',
    'stock, cpu',
  ]),
  ganRow('B', 'GAN step, 64-256-256-2 / 2-256-256-1, batch 256', ganWorks.B, []),
  ganRow('D', 'DCGAN step, 28×28×1, batch 64', ganWorks.D, ['ours, cpu', 'stock, cpu', 'jax-js, wasm']),
];

/** `slow` names the contenders that take too long for every run. */
function ganRow(name: string, title: string, work: GanWork, slow: readonly string[]): Row {
  const contender = (label: string, command: string[], request: object = {}): Contender => {
    const isSlow = slow.includes(label);
    const limits = isSlow ? { slow: true, timeout: 15 * minute } : { timeout: 4 * minute };
    return { name: label, command, request: { work, pace: isSlow ? once : pace, ...request }, ...limits };
  };
  const tfjs = (who: 'ours' | 'stock', backend: string) =>
    contender(`${who}, ${backend}`, nodeProgram(`tfjs/${who}.ts`), { backend });
  const contenders = [
    tfjs('ours', 'wasm'),
    ...fewer.map(([label, start]) => contender(`ours, ${label}`, nodeProgram('tfjs/ours.ts'), start)),
    tfjs('stock', 'wasm'),
    contender('jax-js, wasm', nodeProgram('peers/jax-js.ts')),
    contender('PyTorch, one thread', pythonProgram('peers/torch_gan.py'), { threads: 1 }),
    contender('PyTorch', pythonProgram('peers/torch_gan.py')),
    tfjs('ours', 'cpu'),
    tfjs('stock', 'cpu'),
  ];
  return { name, title, contenders, report: (outcomes) => reportRatios(outcomes, 'ours, wasm') };
}
