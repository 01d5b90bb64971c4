import { fileURLToPath } from 'node:url';

/** One program that a row compares: it runs in a process of its own, because tfjs has one registry of kernels. */
export interface Contender {
  /** As the table names it. */
  readonly name: string;
  readonly command: readonly string[];
  /** What the program gets, as JSON, for its first argument. */
  readonly request: object;
  /** Added to the environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Runs once instead of in every round, and only with `--slow`, because a step of it takes long. */
  readonly slow?: boolean;
  /** Milliseconds after which the process is ended. */
  readonly timeout: number;
}

/** A TypeScript program of bench/ under Node, compiled by `buildPrograms`. */
export function nodeProgram(path: string): string[] {
  const built = path.replace(/ts$/, 'mjs');
  return [process.execPath, fileURLToPath(new URL(`../.build/${built}`, import.meta.url))];
}

/** A Python program of bench/, under the interpreter that PYTHON names, or else `python3`. */
export function pythonProgram(path: string): string[] {
  return [process.env.PYTHON ?? 'python3', fileURLToPath(new URL(`../${path}`, import.meta.url))];
}
