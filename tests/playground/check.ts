import type { Browser } from 'playwright-core';

/** Where the built playground is served, and with what it is looked at. */
export interface Setting {
  readonly browser: Browser;
  readonly url: string;
}

/** One thing that the playground promises. Returns what was measured, in words, and throws where the promise is broken. */
export interface Check {
  readonly name: string;
  run(setting: Setting): Promise<string>;
}

/** Throws with what was seen where something is not so. */
export function must(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new Error(otherwise);
}
