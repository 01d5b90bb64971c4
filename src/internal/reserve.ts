import { refuse } from './require.js';

/** Objects by the names that messages call them; those that were not given are passed over. */
export type Reserved = Readonly<Record<string, object | undefined>>;

/**
 * Takes models, optimizers, agents or environments for one run: two runs that changed the same thing in turn would both get
 * nonsense.
 *
 * @returns Gives them back. Until then they cannot be taken again.
 * @throws RangeError when one of them is taken.
 */
export function reserve(where: string, parts: Reserved): () => void {
  const taken = reservations();
  const given = Object.entries(parts).filter((entry): entry is [string, object] => entry[1] !== undefined);
  for (const [name, part] of given) {
    const by = taken.get(part);
    if (by === undefined) continue;
    const rule = 'be free: another run has it, which is to be waited for, aborted, or left by return() of its iterator';
    refuse(where, name, rule, by);
  }
  const objects = new Set(given.map(([, part]) => part));
  for (const part of objects) taken.set(part, where);
  return () => {
    for (const part of objects) taken.delete(part);
  };
}

// Under a well-known symbol, so that copies of this package in one process see each other's runs.
function reservations(): WeakMap<object, string> {
  const key = Symbol.for('minimart.reservations');
  const shared = globalThis as { [key]?: WeakMap<object, string> };
  shared[key] ??= new WeakMap();
  return shared[key];
}
