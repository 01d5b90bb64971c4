import { spawn } from 'node:child_process';
import type { ChildRequest } from './child.js';

/** When a child is killed: some milliseconds after it said a line for the n-th time. */
export interface Moment {
  readonly line: 'began' | 'writing' | 'written';
  readonly times: number;
  readonly delay: number;
}

/** What a child said until it ended. */
export interface ChildStory {
  /** Whether the kill came before its end. */
  readonly killed: boolean;
  /** Whether it was writing then. */
  readonly inWrite: boolean;
  /** Steps of the checkpoints that it read to go on. */
  readonly read: readonly number[];
  /** The latest step that it said was written. */
  readonly written: number | undefined;
  /** What it ended with. */
  readonly digest: string | undefined;
  /** The error that it ended with, or what Node said when it broke. */
  readonly failed: string | undefined;
}

/** What happens to a child on its way. */
export interface Mishap {
  readonly moment?: Moment;
  /** Done at the moment in place of the kill. */
  readonly act?: () => void;
  /** A shell's words that come before the child, such as `ulimit -f 8`. */
  readonly shell?: string;
}

/** Runs a child to its end, or kills it. */
export function runChild(program: string, request: ChildRequest, mishap: Mishap = {}): Promise<ChildStory> {
  const { moment, act, shell } = mishap;
  const command = [process.execPath, program, JSON.stringify(request)];
  const [file, ...args] = shell === undefined ? command : ['sh', '-c', `${shell}; exec "$0" "$@"`, ...command];
  return new Promise((resolve, reject) => {
    const child = spawn(file!, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    let timer: NodeJS.Timeout | undefined;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.stdout += text;
      if (timer || !moment || linesOf(said.stdout, moment.line).length < moment.times) return;
      timer = setTimeout(act ?? (() => child.kill('SIGKILL')), moment.delay);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said.stderr += text;
    });
    child.on('error', reject);
    child.on('close', (_, signal) => {
      clearTimeout(timer);
      resolve(storyOf(said.stdout, said.stderr, signal === 'SIGKILL'));
    });
  });
}

function storyOf(stdout: string, stderr: string, killed: boolean): ChildStory {
  const written = linesOf(stdout, 'written').map(Number);
  return {
    killed,
    inWrite: killed && linesOf(stdout, 'writing').length > written.length,
    read: linesOf(stdout, 'read').map(Number),
    written: written.at(-1),
    digest: linesOf(stdout, 'ended')[0],
    failed: linesOf(stdout, 'failed')[0] ?? stderr.split('\n').find((line) => /^\w*Error/.test(line)),
  };
}

// Whole lines only: the last may be cut.
function linesOf(text: string, word: string): string[] {
  const lines = text.split('\n').slice(0, -1);
  return lines
    .filter((line) => line === word || line.startsWith(`${word} `))
    .map((line) => line.slice(word.length + 1));
}
