import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireFunction, requireText } from '../../internal/require.js';

/** How far work is: what trainers report, and `readImageFolder`. */
export interface StepProgress {
  /** Steps done so far. */
  readonly step: number;
  /** Steps in all; Infinity while unknown. */
  readonly totalSteps: number;
}

/** Where a bar is written, such as `process.stdout`. */
export interface BarStream {
  /** Takes text. */
  write(text: string): unknown;
  /** Whether it is a terminal, in which a line can be written again. Default `false`. */
  readonly isTTY?: boolean;
  /** Letters in a line of the terminal. Default 80. */
  readonly columns?: number;
}

/** Options of {@link progressBar}. */
export interface ProgressBarOptions<P extends StepProgress> {
  /** What stands before the bar. Default nothing. */
  readonly name?: string;
  /** What else to say. Default: losses, where the progress has them. */
  readonly facts?: (progress: P) => string;
  /** Where to write. Default `process.stderr`, so that what a program prints stays apart. */
  readonly stream?: BarStream;
}

/** A bar: call it with each progress. */
export interface ProgressBar<P extends StepProgress> {
  (progress: P): void;
  /** Ends its line, where work broke off; after the last step it has ended by itself. */
  stop(): void;
}

const optionNames: OptionNames<ProgressBarOptions<StepProgress>> = { name: true, facts: true, stream: true };
const barSize = 16;

/**
 * Shows how far a run is: in a terminal a bar that moves, ten times a second at most, elsewhere a line every five seconds. It
 * has no timer, so a run that breaks off keeps no process alive.
 *
 * @param options - See {@link ProgressBarOptions}.
 * @returns What `onProgress` takes.
 * @throws RangeError for wrong options.
 * @example
 * const lines: string[] = [];
 * const bar = progressBar({ stream: { write: (line) => lines.push(line) } });
 * for (const step of [1, 2]) bar({ step, totalSteps: 2 });
 * lines.length; // 2
 */
export function progressBar<P extends StepProgress = StepProgress>(
  options: ProgressBarOptions<P> = {},
): ProgressBar<P> {
  requireBarOptions(options as ProgressBarOptions<StepProgress>);
  const { name = '', facts = lossesOf, stream = process.stderr } = options;
  const began = performance.now();
  let last = Number.NEGATIVE_INFINITY;
  let open = false;
  const stop = () => {
    if (open) stream.write('\n');
    open = false;
  };
  const show = (progress: P) => {
    const now = performance.now();
    const ends = progress.step >= progress.totalSteps;
    if (!ends && now - last < (stream.isTTY ? 100 : 5000)) return;
    last = now;
    const said = facts(progress);
    const line = [name + barOf(progress), ...(said ? [said] : []), timeOf(progress, (now - began) / 1000)].join(' · ');
    if (!stream.isTTY) return void stream.write(`${line}\n`);
    // Back to the start, and what was there before is wiped: a line that wraps could not be written again.
    stream.write(`\r${line.slice(0, (stream.columns ?? 80) - 1)}\u001b[K`);
    open = true;
    if (ends) stop();
  };
  return Object.assign(show, { stop });
}

function requireBarOptions(options: ProgressBarOptions<StepProgress>): void {
  const where = 'progressBar';
  requireOptions(where, options, optionNames);
  const { name, facts, stream } = options;
  if (name !== undefined) requireText(where, 'name', name);
  requireFunction(where, 'facts', facts);
  if (stream !== undefined && typeof stream?.write !== 'function') {
    refuse(where, 'stream', 'have a function `write`, as process.stdout has', stream);
  }
}

function barOf({ step, totalSteps }: StepProgress): string {
  if (!Number.isFinite(totalSteps)) return `${step} steps`;
  const full = Math.max(0, Math.min(barSize, Math.floor((barSize * step) / totalSteps)));
  return `${'█'.repeat(full)}${'░'.repeat(barSize - full)} ${step}/${totalSteps}`;
}

function timeOf({ step, totalSteps }: StepProgress, elapsed: number): string {
  const isOpen = !Number.isFinite(totalSteps) || step <= 0;
  return isOpen ? duration(elapsed) : `${duration((elapsed / step) * (totalSteps - step))} left`;
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function lossesOf(progress: StepProgress & { readonly loss?: unknown; readonly losses?: unknown }): string {
  const { loss, losses } = progress;
  const named = typeof losses === 'object' && losses !== null ? Object.entries(losses) : [['', loss] as const];
  const shown = named.filter(([, value]) => typeof value === 'number');
  return shown.map(([each, value]) => `loss ${each}${each && ' '}${(value as number).toFixed(3)}`).join(' ');
}
