import { refuse } from './require.js';

/** The names of all options of a type, written so that one that is added or renamed does not compile without its name. */
export type OptionNames<O> = { readonly [K in keyof O]-?: true };

/**
 * Refuses what is no object of options, and names that are no options: a misspelt option would otherwise be ignored.
 *
 * @param names - All names there are.
 * @param argument - What the object is called in messages.
 */
export function requireOptions<O extends object>(
  where: string,
  options: O | undefined,
  names: OptionNames<O>,
  argument = 'options',
): void {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    refuse(where, argument, 'be an object of options', options);
  }
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(names, name)) {
      const known = Object.keys(names).join(', ');
      refuse(where, name, `be left out: there is no such option (there are: ${known})`, optionValue(options, name));
    }
  }
}

/** {@link requireOptions}, of an object that cannot be left out. */
export function requireGivenOptions<O extends object>(
  where: string,
  options: O | undefined,
  names: OptionNames<O>,
  argument = 'options',
): asserts options is O {
  if (options === undefined) refuse(where, argument, 'be an object of options', options);
  requireOptions(where, options, names, argument);
}

function optionValue(options: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(options, name)?.value;
}
