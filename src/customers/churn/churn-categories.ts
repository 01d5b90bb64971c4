import { createVocabulary, type Vocabulary } from '../../data/vocabulary.js';
import { refuse, requireOneOf, requireTexts } from '../../internal/require.js';
import type { CustomerHistory } from '../history/history.js';

/** A category that a model looks at. */
export interface ChurnCategory {
  /** Its column. */
  readonly name: string;
  /** What the model knows of it: each with 10 customers or more of those it learned from. All others count as unknown. */
  readonly known: Vocabulary;
}

/** What a model shall look at. */
interface Choice {
  readonly features?: readonly string[];
  readonly categories?: readonly string[];
}

/** Of fewer customers nothing is learned that would not be chance. */
const fewestCustomers = 10;
/** Explanations go through all subsets of what a model looks at. */
const mostCategories = 4;

/** Checks a choice of categories, and gathers what is known of each. Where features are chosen and categories are not, there are none. */
export function learnCategories(
  where: string,
  history: CustomerHistory,
  { features, categories: names = features ? [] : Object.keys(history.categories ?? {}) }: Choice,
): ChurnCategory[] {
  requireTexts(where, 'categories', names);
  for (const [place, name] of names.entries()) {
    requireOneOf(where, `categories[${place}]`, Object.keys(history.categories ?? {}), name);
  }
  if (new Set(names).size < names.length) refuse(where, 'categories', 'name each column once', names);
  if (names.length > mostCategories) refuse(where, 'categories', `be at most ${mostCategories}`, names);
  return names.map((name) => {
    const { vocabulary, codes } = history.categories![name]!;
    const counts = new Float64Array(vocabulary.size);
    for (const code of codes) if (code >= 0) counts[code]! += 1;
    const often = Array.from(counts.keys()).filter((code) => counts[code]! >= fewestCustomers);
    return { name, known: createVocabulary(often.map((code) => vocabulary.idAt(code)!)) };
  });
}

/** Places of the categories of a history: 0 of an unknown one, else 1 and what the model calls it. `[C][N]` */
export function categoryColumns(
  where: string,
  history: CustomerHistory,
  categories: readonly ChurnCategory[],
): Float64Array[] {
  return categories.map(({ name, known }) => {
    const own = history.categories?.[name];
    if (!own)
      refuse(where, 'history', `know the category '${name}', as the one that was learned from`, history.categories);
    const places = Array.from({ length: own.vocabulary.size }, (_, code) => {
      const id = own.vocabulary.idAt(code);
      return id !== undefined && known.has(id) ? known.indexOf(id) + 1 : 0;
    });
    return Float64Array.from(own.codes, (code) => places[code] ?? 0);
  });
}

/** What of some customers a model has not learned, in plain words. */
export function unknownCategories(history: CustomerHistory, categories: readonly ChurnCategory[]): string[] {
  const columns = categoryColumns('doubts', history, categories);
  return categories.flatMap(({ name }, place) => {
    const rows = Array.from(columns[place]!.keys()).filter((row) => columns[place]![row] === 0);
    if (rows.length === 0) return [];
    const ids = [...new Set(rows.map((row) => categoryOf(history, name, row)))];
    const shown = `${ids.slice(0, mostShown).join(', ')}${ids.length > mostShown ? ' …' : ''}`;
    const found = `${rows.length} of ${history.length} customers have a '${name}' that was not learned (${shown})`;
    return [`${found}: their chances are those of an unknown one.`];
  });
}

const mostShown = 3;

/** The category of a customer, as it stands in the history. */
export function categoryOf(history: CustomerHistory, name: string, row: number): string {
  const { vocabulary, codes } = history.categories![name]!;
  return vocabulary.idAt(codes[row]!) ?? 'none';
}
