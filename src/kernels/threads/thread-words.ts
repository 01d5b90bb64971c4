// The words that all threads of a pool see, by their places: thread-source.ts names them by number.

/** Parts that nobody has taken. */
export const UNTAKEN = 0;
/** Parts that are not done. */
export const UNDONE = 1;
/** Counts jobs and messages: what a thread sleeps on. */
export const EVENT = 2;
/** Threads that sleep. */
export const SLEEPING = 3;
/** Counts messages: a thread that has not seen the last one leaves its loop to receive it. */
export const RELEASE = 4;
/** How long the words of an error are, which stand from ERROR on. */
export const FAILED = 5;
/** How often a thread looks for work before it sleeps. */
export const SPINS = 6;
export const ERROR = 16;
/** How many words there are. */
export const WORDS = 256;

/** A thread looks for work some 20 µs long before it sleeps: about what it would take to wake it. */
export const LOOKS = 1000;
/** Milliseconds behind which a thread that does not answer is taken for dead. */
export const SILENT = 120_000;

/** Lets threads that sleep look again, `most` of them. */
export function wake(words: Int32Array, most: number): void {
  Atomics.add(words, EVENT, 1);
  if (Atomics.load(words, SLEEPING) > 0) Atomics.notify(words, EVENT, most);
}
