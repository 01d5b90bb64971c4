import { createInteractions, createRng, createVocabulary, type Interactions } from 'minimart';

/**
 * Users who walk around a ring of items, one step at a time, half of them forwards and half backwards: where one goes next
 * follows from the last two items, and from one alone it does not.
 */
export function walksAround(ring: number, users: number, length: number): Interactions {
  const rng = createRng(3);
  const rows = Array.from({ length: users }, (_, user) => {
    const [start, step] = [rng.integer(ring), user % 2 === 0 ? 1 : ring - 1];
    return Array.from({ length }, (_, at) => [user, (start + at * step) % ring] as const);
  }).flat();
  return createInteractions({
    users: createVocabulary(Array.from({ length: users }, (_, user) => `u${user}`)),
    items: createVocabulary(Array.from({ length: ring }, (_, item) => `i${item}`)),
    userIndices: rows.map(([user]) => user),
    itemIndices: rows.map(([, item]) => item),
  });
}

/** Where the next step of each user goes. */
export function nextSteps({ itemIndices, offsets, items, users }: Interactions): number[] {
  return Array.from({ length: users.size }, (_, user) => {
    const end = offsets[user + 1]!;
    const [before, last] = [itemIndices[end - 2]!, itemIndices[end - 1]!];
    return (2 * last - before + items.size) % items.size;
  });
}
