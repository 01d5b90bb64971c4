import { spawn } from 'node:child_process';
import type { Contender } from './contender.js';
import type { Answer } from './measurement.js';

/** Runs a contender to its end, or to its timeout. Never rejects: what went wrong is its answer. */
export function runContender({ command, request, environment, timeout }: Contender): Promise<Answer> {
  const [program, ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program!, [...args, JSON.stringify(request)], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const printed = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        printed[stream] += text;
      });
    }
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, timeout);
    child.on('error', ({ message }) => {
      clearTimeout(timer);
      resolve({ skipped: `${program} does not start: ${message}` });
    });
    child.on('close', () => {
      clearTimeout(timer);
      resolve(late ? { error: `no answer after ${timeout / 1000} s` } : readAnswer(printed));
    });
  });
}

function readAnswer({ stdout, stderr }: { stdout: string; stderr: string }): Answer {
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (last.startsWith('{')) return JSON.parse(last) as Answer;
  const complaint = stderr.split('\n').findLast((line) => /error/i.test(line));
  return { error: complaint?.trim() ?? 'the process ended without an answer' };
}
