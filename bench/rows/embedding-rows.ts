import { type Contender, nodeProgram, pythonProgram } from '../harness/contender.js';
import type { EmbeddingWork } from './embedding-work.js';
import { reportRatios } from './report-ratios.js';
import type { Row } from './row.js';

// Steps are short, and what an optimizer remembers of a large table is memory that its first steps touch first.
const pace = { warmup: 2000, steps: 500, budget: 2500 };
const once = { warmup: 0, steps: 1, budget: 0 };
const minute = 60_000;
const shop = { users: 6040, items: 3706 };

/** Row C: one step of the embedding MLP, ours, PyTorch's and what stock tfjs makes of it. */
export const embeddingRows: readonly Row[] = [256, 2048].map((batchSize) => {
  const work: EmbeddingWork = { ...shop, batchSize };
  const large: EmbeddingWork = { ...work, items: 1_000_000 };
  const contenders = [
    ours('ours, wasm', work),
    torch('PyTorch, SparseAdam', work, 'sparse'),
    torch('PyTorch, Adam', work, 'dense'),
    ours('ours, wasm, 1,000,000 items', large),
    torch('PyTorch, SparseAdam, 1,000,000 items', large, 'sparse'),
    { ...torch('PyTorch, Adam, 1,000,000 items', large, 'dense'), slow: true },
    ...['wasm', 'cpu'].map((backend) => stock(`stock, ${backend}`, work, backend)),
  ];
  return {
    name: `C${batchSize}`,
    title: `embedding MLP step, ${shop.users} + ${shop.items} rows × 50, 64-32-1, batch ${batchSize}`,
    contenders,
    report: (outcomes) => reportRatios(outcomes, 'ours, wasm'),
  };
});

function ours(name: string, work: EmbeddingWork): Contender {
  return { name, command: nodeProgram('tfjs/our-embedding.ts'), request: { work, pace }, timeout: 4 * minute };
}

function torch(name: string, work: EmbeddingWork, gradients: 'sparse' | 'dense'): Contender {
  const request = { work, gradients, pace };
  return { name, command: pythonProgram('peers/torch_embedding.py'), request, timeout: 4 * minute };
}

function stock(name: string, work: EmbeddingWork, backend: string): Contender {
  const request = { work, backend, pace: once };
  return { name, command: nodeProgram('tfjs/stock-embedding.ts'), request, timeout: 15 * minute, slow: true };
}
