import { nodeProgram } from '../harness/contender.js';
import { median, shown } from '../harness/statistics.js';
import { table } from '../harness/table.js';
import { ganWorks } from './gan-work.js';
import type { Row } from './row.js';

const pace = { warmup: 30, steps: 200, budget: 4000 };

/** What gathering batches, drawing noise, reading losses and the loop cost over the step functions alone. */
export const overheadRow: Row = {
  name: 'overhead',
  title: 'A whole training step over its own step functions, wasm, processor time; target 1.05x',
  contenders: Object.entries(ganWorks).map(([name, work]) => ({
    name: `row ${name}`,
    command: nodeProgram('tfjs/overhead.ts'),
    request: { work, pace },
    timeout: 240_000,
  })),
  report: (outcomes) =>
    table(
      ['work', 'whole step, ms', 'step functions, ms', 'ratio'],
      outcomes.map(({ contender, measurements, failure }) => {
        if (failure) return [contender.name, failure, '', ''];
        const of = (name: string) => measurements.map(({ series }) => median(series[name] ?? []));
        const [whole, alone] = [of('whole'), of('alone')];
        const ratio = median(whole.map((time, round) => time / alone[round]!));
        return [contender.name, shown(median(whole)), shown(median(alone)), `${ratio.toFixed(3)}x`];
      }),
    ),
};
