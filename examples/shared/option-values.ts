/** A whole number from the command line, at least `least`; throws Error with a sentence for anything else. */
export function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`--${name} must be a whole number >= ${least}, received '${text}'.`);
}

/** One of the known words; throws Error with a sentence for anything else. */
export function oneOf<T extends string>(name: string, text: string, known: readonly T[]): T {
  const found = known.find((each) => each === text);
  if (found) return found;
  throw new Error(`--${name} must be ${known.slice(0, -1).join(', ')} or ${known.at(-1)}, received '${text}'.`);
}
