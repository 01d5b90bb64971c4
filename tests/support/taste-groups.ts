import { createInteractions, createRng, createVocabulary, type Interactions } from 'minimart';

/** Settings of {@link tasteGroups}. */
export interface TasteSettings {
  readonly users?: number;
  readonly items?: number;
  /** Items that each user chooses. */
  readonly choices?: number;
  readonly seed?: number;
}

/** What users of two tastes chose, and one more choice of each user, kept out. */
export interface TasteGroups {
  readonly train: Interactions;
  /** One row a user: of their own taste, not in train. */
  readonly test: Interactions;
}

/**
 * Even users choose among even items only, odd ones among odd items, all alike: who knows the taste ranks half of the
 * catalogue out, and popularity knows nothing.
 */
export function tasteGroups({ users = 40, items = 30, choices = 8, seed = 1 }: TasteSettings = {}): TasteGroups {
  const rng = createRng(seed);
  const vocabularies = { users: createVocabulary(numbered('u', users)), items: createVocabulary(numbered('i', items)) };
  const rows = { train: empty(), test: empty() };
  for (let user = 0; user < users; user += 1) {
    const order = rng.permutation(Math.floor(items / 2));
    for (let choice = 0; choice <= choices; choice += 1) {
      const { userIndices, itemIndices } = choice === choices ? rows.test : rows.train;
      userIndices.push(user);
      itemIndices.push(2 * order[choice]! + (user % 2));
    }
  }
  return {
    train: createInteractions({ ...vocabularies, ...rows.train }),
    test: createInteractions({ ...vocabularies, ...rows.test }),
  };
}

function numbered(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${index}`);
}

function empty(): { readonly userIndices: number[]; readonly itemIndices: number[] } {
  return { userIndices: [], itemIndices: [] };
}
