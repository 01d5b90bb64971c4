import { refuse, refusedIn } from './require.js';

/** What is wrong with a file, found by code that does not know who reads it. Never leaves the library: see {@link atFileDoor}. */
export class FileFault extends Error {
  /**
   * @param rule - What the file must do, as {@link refuse} words it.
   * @param value - What it does.
   */
  constructor(
    readonly rule: string,
    readonly value: unknown,
  ) {
    super(`a file must ${rule}`);
  }
}

/** Refuses a file, within a reader of files. */
export function refuseFile(rule: string, value: unknown): never {
  throw new FileFault(rule, value);
}

/**
 * Reads a file that may come from anybody: what is wrong with it is refused in the name of the function that was called and
 * of its argument, also where another function refuses what it was given of the file.
 */
export async function atFileDoor<T>(where: string, argument: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    return inNameOf(where, argument, error);
  }
}

/** {@link atFileDoor} for what reads at once. */
export function atFileDoorNow<T>(where: string, argument: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    return inNameOf(where, argument, error);
  }
}

function inNameOf(where: string, argument: string, error: unknown): never {
  if (error instanceof FileFault) refuse(where, argument, error.rule, error.value);
  const refused = refusedIn(error);
  if (refused === undefined || refused.where === where) throw error;
  refuse(where, argument, `hold what ${refused.where} takes: ${refused.name} must ${refused.rule}`, refused.value);
}
