import { type HostThread, startThread } from './host-threads.js';
import { RELEASE, SILENT, UNDONE, wake } from './thread-words.js';

/** The other threads of a pool, and what became of them. */
export interface Team {
  readonly size: number;
  /** Whether the thread of the caller may sleep: the main thread of a page must not. */
  readonly canSleep: boolean;
  /** Sends a message to all; resolves when all have done what it says, or when one has died. */
  send(message: object): Promise<void>;
  /** Why they cannot be used any more. */
  fault(): string | undefined;
  fail(reason: string): void;
  stop(): void;
}

/** Starts `size` threads that see `words`. Those that do not start show as a fault. */
export function startTeam(size: number, words: Int32Array): Team {
  const answers = countAnswers(size);
  const threads: HostThread[] = [];
  try {
    const events = { onMessage: answers.add, onEnd: answers.fail };
    for (let each = 0; each < size; each += 1) threads.push(startThread(events));
  } catch (error) {
    answers.fail(String(error));
  }
  let release = 0;
  return {
    size,
    canSleep: canSleep(words),
    send(message) {
      release += 1;
      const answer = answers.of(release);
      Atomics.store(words, RELEASE, release);
      wake(words, size);
      for (const thread of threads) thread.post({ ...message, release });
      return answer;
    },
    fault: answers.fault,
    fail: answers.fail,
    stop() {
      answers.fail('it was stopped');
      for (const thread of threads) thread.stop();
    },
  };
}

/** Counts who has answered which message, until the first fault. */
function countAnswers(size: number) {
  const waiting = new Map<number, { left: number; settle: () => void }>();
  let fault: string | undefined;
  const fail = (reason: string) => {
    fault ??= reason;
    for (const { settle } of waiting.values()) settle();
  };
  const add = (release: number) => {
    const message = waiting.get(release);
    if (message === undefined) return;
    message.left -= 1;
    if (message.left === 0) message.settle();
  };
  const of = (release: number) =>
    new Promise<void>((resolve) => {
      // It also keeps the process alive as long as somebody waits: threads do not.
      const timer = setTimeout(() => fail('it does not answer'), SILENT);
      const settle = () => {
        clearTimeout(timer);
        waiting.delete(release);
        resolve();
      };
      waiting.set(release, { left: size, settle });
      if (fault !== undefined) settle();
    });
  return { add, of, fail, fault: () => fault };
}

function canSleep(words: Int32Array): boolean {
  try {
    Atomics.wait(words, UNDONE, -1, 0);
    return true;
  } catch {
    return false;
  }
}
