import { refuse } from '../internal/require.js';

/** Objects by the names that messages call them; those that were not given are passed over. */
export type Reserved = Readonly<Record<string, object | undefined>>;

// On the object itself, so that copies of this library in one process see each other's.
const mark = '__minimartRun';

/**
 * Takes models and optimizers for one run: two runs that changed the same weights in turn would be neither's training.
 *
 * @returns Gives them back. Until then they cannot be taken again.
 * @throws RangeError when one of them is taken.
 */
export function reserve(where: string, parts: Reserved): () => void {
  const given = Object.entries(parts).filter((entry): entry is [string, object] => entry[1] !== undefined);
  for (const [name, part] of given) {
    const taken: unknown = Reflect.get(part, mark);
    if (taken === undefined) continue;
    const rule = 'be free: another run has it, which is to be waited for, aborted, or left by return() of its iterator';
    refuse(where, name, rule, taken);
  }
  const objects = given.map(([, part]) => part);
  for (const part of objects) {
    Object.defineProperty(part, mark, { value: where, configurable: true, enumerable: false, writable: true });
  }
  return () => {
    for (const part of objects) Reflect.deleteProperty(part, mark);
  };
}
