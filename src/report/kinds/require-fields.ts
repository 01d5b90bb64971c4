import { refuse } from '../../internal/require.js';

/** Refuses what lacks something that all values of its type have: a result of another function, or none. */
export function requireFields(
  where: string,
  name: string,
  value: unknown,
  fields: readonly string[],
  maker: string,
): void {
  const isObject = typeof value === 'object' && value !== null;
  if (!isObject || fields.some((field) => !(field in value))) refuse(where, name, `be a result of \`${maker}\``, value);
}
