import type { Contender } from '../harness/contender.js';
import type { Outcome } from '../harness/run-rounds.js';

/** One row of DESIGN.md section 6, or several lines of one kind. */
export interface Row {
  /** What `--rows` calls it. */
  readonly name: string;
  readonly title: string;
  readonly contenders: readonly Contender[];
  /** A Markdown table of what the contenders answered. */
  readonly report: (outcomes: readonly Outcome[]) => string;
}
