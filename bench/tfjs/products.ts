// A child process: how many GFLOP/s matrix products reach on wasm, plain and with either operand transposed.
import '@tensorflow/tfjs-backend-wasm';
import { matMul, randomUniform, setBackend, type Tensor2D } from '@tensorflow/tfjs-core';
import { answerParent } from '../harness/answer-parent.js';
import { processorTime } from '../harness/processor-time.js';

interface Request {
  /** Rows of the left operand, columns of the left operand, columns of the right operand. */
  readonly sizes: readonly (readonly [number, number, number])[];
  readonly ours: boolean;
}

const flags = { plain: [false, false], transposeA: [true, false], transposeB: [false, true] } as const;

await answerParent(async ({ sizes, ours }: Request) => {
  if (ours) {
    const { startOurs } = await import('./start-ours.js');
    await startOurs({ backend: 'wasm' });
  } else if (!(await setBackend('wasm'))) throw new Error('The backend wasm does not start.');
  const series: Record<string, number[]> = {};
  for (const size of sizes) {
    for (const [name, [left, right]] of Object.entries(flags)) {
      series[`${size.join('×')} ${name}`] = speeds(size, left, right);
    }
  }
  return { series };
});

function speeds([rows, inner, columns]: Request['sizes'][number], transposeA: boolean, transposeB: boolean): number[] {
  const a: Tensor2D = randomUniform(transposeA ? [inner, rows] : [rows, inner]);
  const b: Tensor2D = randomUniform(transposeB ? [columns, inner] : [inner, columns]);
  const run = () => matMul(a, b, transposeA, transposeB).dispose();
  const operations = 2 * rows * inner * columns;
  // Long enough for the clock of the processor time, and for V8 to compile what it runs.
  const repetitions = Math.max(1, Math.round(2e8 / operations));
  const speed = () => {
    const start = processorTime();
    for (let count = 0; count < repetitions; count += 1) run();
    return (operations * repetitions) / (1e6 * (processorTime() - start));
  };
  speed();
  const measured = Array.from({ length: 5 }, speed);
  a.dispose();
  b.dispose();
  return measured;
}
