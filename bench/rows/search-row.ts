import { nodeProgram, pythonProgram } from '../harness/contender.js';
import { fewer } from './fewer.js';
import { reportRatios } from './report-ratios.js';
import type { Row } from './row.js';

/** What every contender searches: normal vectors, all queries in one call, nothing kept from one call to the next. */
export interface SearchWork {
  readonly queries: number;
  readonly items: number;
  readonly size: number;
  readonly k: number;
}

const work: SearchWork = { queries: 1000, items: 100_000, size: 64, k: 10 };
const pace = { warmup: 2, steps: 10, budget: 8000 };
const timeout = 4 * 60_000;

/** Row E: the best ten of all items for each query. */
export const searchRow: Row = {
  name: 'E',
  title: 'exact top 10, 1,000 queries × 100,000 items × 64',
  contenders: [
    ...[['wasm', { backend: 'wasm' }] as const, ...fewer, ['cpu', { backend: 'cpu' }] as const].map(
      ([label, start]) => ({
        name: `ours, ${label}`,
        command: nodeProgram('tfjs/our-search.ts'),
        request: { work, pace, ...start },
        timeout,
      }),
    ),
    ...[{ threads: 1 }, {}].map((threads) => ({
      name: 'threads' in threads ? 'PyTorch, one thread' : 'PyTorch',
      command: pythonProgram('peers/torch_search.py'),
      request: { work, pace, ...threads },
      timeout,
    })),
  ],
  report: (outcomes) => reportRatios(outcomes, 'ours, wasm'),
};
