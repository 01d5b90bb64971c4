import { refuse } from './require.js';

let claimed: WeakSet<object> | undefined;

/**
 * Refuses a thing that another run uses already, and keeps it for this one: two that change the same thing in turns would
 * both get nonsense.
 *
 * @returns Gives the things back.
 */
export function claim(where: string, things: Readonly<Record<string, object>>): () => void {
  claimed ??= new WeakSet();
  const taken = claimed;
  const all = new Set(Object.values(things));
  for (const [name, thing] of Object.entries(things)) {
    if (taken.has(thing))
      refuse(where, name, 'be in no other run at the same time: wait for that one, or end it', thing);
  }
  for (const thing of all) taken.add(thing);
  return () => {
    for (const thing of all) taken.delete(thing);
  };
}
