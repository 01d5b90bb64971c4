import { type OptionNames, requireGivenOptions } from '../internal/options.js';
import { refuse, requirePositive, requireText } from '../internal/require.js';
import { divergencesOf, type PrivateMechanism, requireMechanism, type Spending } from './mechanism.js';
import { type PrivacySpent, requireDelta, spentTogether } from './privacy-spent.js';

/** What a ledger notes: a mechanism, and what it was for. */
export type PrivacyEntry = PrivateMechanism & {
  /** What for, such as `'bins of price'`. What has one purpose, noise and rate is one entry with more steps. */
  readonly purpose: string;
};

/** A budget and what was spent of it, as plain data. */
export interface PrivacyBudget {
  /** The most that all mechanisms together may spend, above 0. */
  readonly epsilon: number;
  /** Probability with which epsilon may not hold, in (0, 1). Far below one over the number of rows. */
  readonly delta: number;
  /** What was spent before. Default: nothing. */
  readonly entries?: readonly PrivacyEntry[];
}

/** What was shown of rows, and how much may still be. Made by {@link createPrivacyLedger}. */
export interface PrivacyLedger {
  /** The budget. */
  readonly epsilon: number;
  /** The delta of the budget. */
  readonly delta: number;
  /** All spendings, in order. */
  readonly entries: readonly PrivacyEntry[];
  /** What all of them show together. */
  readonly spent: PrivacySpent;
  /** `epsilon - spent.epsilon`, at least 0. More fits than this says: divergences add up, which is less than epsilons would. */
  readonly left: number;
  /** Whether these fit into the budget beside what was spent. */
  affords(mechanisms: PrivateMechanism | readonly PrivateMechanism[]): boolean;
  /**
   * Notes a spending, all entries or none. To be called before the rows are looked at.
   *
   * @throws RangeError when it would exceed the budget; nothing is noted then.
   */
  spend(entries: PrivacyEntry | readonly PrivacyEntry[]): void;
  /** Takes in what a ledger had spent that was saved: of an entry that both have, the one with more steps. Never lowers what was spent. */
  restore(state: PrivacyBudget): void;
  /** Plain JSON, of which {@link createPrivacyLedger} makes the ledger again. */
  state(): Required<PrivacyBudget>;
}

const names: OptionNames<PrivacyBudget> = { epsilon: true, delta: true, entries: true };

/**
 * Makes the account of everything that is shown of a table: it adds up what was spent, by {@link privacySpent}, and refuses what would
 * go beyond the budget.
 *
 * What is private is one row, added or removed. Rows of one customer are as many times as private as there are: cap them before.
 * Everything that looks at the rows belongs into the same ledger: bins and bounds, frequencies, every attempt at settings, early
 * stopping. What is computed from what was shown costs nothing. Noise and rates are to be chosen without looking at the rows.
 *
 * @param budget - See {@link PrivacyBudget}; what {@link PrivacyLedger.state} gave makes the same ledger again.
 * @returns The ledger.
 * @throws RangeError when the budget is none, or an entry is.
 * @see Feldman and Zrnic, "Individual Privacy Accounting via a Rényi Filter" (2021), https://arxiv.org/abs/2008.11193
 * @example
 * const ledger = createPrivacyLedger({ epsilon: 1, delta: 1e-6 });
 * ledger.spend({ purpose: 'countries, counted', noiseMultiplier: 10 });
 * ledger.spent.epsilon.toFixed(2); // '0.43'
 * ledger.affords({ noiseMultiplier: 3 }); // false
 * const again = createPrivacyLedger(JSON.parse(JSON.stringify(ledger.state())));
 * again.left === ledger.left; // true
 */
export function createPrivacyLedger(budget: PrivacyBudget): PrivacyLedger {
  const where = 'createPrivacyLedger';
  const { epsilon, delta, entries } = requireBudget(where, budget);
  const { withMore, withAtLeast } = createNotes();
  let spendings = entries.reduce(withMore, []);
  const spent = (all: readonly Noted[]) => spentTogether(all, delta);
  const fits = (all: readonly Noted[]) => spent(all).epsilon <= epsilon;
  return {
    epsilon,
    delta,
    get entries() {
      return spendings.map(({ mechanism }) => mechanism);
    },
    get spent() {
      return spent(spendings);
    },
    get left() {
      return Math.max(0, epsilon - spent(spendings).epsilon);
    },
    affords: (mechanisms) => {
      const all = listOf(mechanisms);
      for (const each of all) requireMechanism('affords', each, 'mechanism', { purpose: true });
      return fits(all.map((each) => ({ ...each, purpose: '' })).reduce(withMore, spendings));
    },
    spend: (more) => {
      const all = listOf(more);
      for (const each of all) requireEntry('spend', each, 'mechanism');
      const next = all.reduce(withMore, spendings);
      if (!fits(next)) {
        const now = spent(spendings).epsilon.toPrecision(4);
        const rule = `stay within the budget of ${epsilon} at delta ${delta}, of which ${now} is spent`;
        refuse('spend', 'epsilon', rule, spent(next).epsilon);
      }
      spendings = next;
    },
    restore: (state) => {
      spendings = requireBudget('restore', state).entries.reduce(withAtLeast, spendings);
    },
    state: () => ({ epsilon, delta, entries: spendings.map(({ mechanism }) => mechanism) }),
  };
}

interface Noted extends Spending {
  readonly mechanism: PrivacyEntry;
}

/** Refuses what is no ledger; other objects would let everything pass. */
export function requireLedger(where: string, argument: string, ledger: unknown): asserts ledger is PrivacyLedger {
  const { spend, affords, state } = (ledger ?? {}) as Partial<PrivacyLedger>;
  const isLedger = [spend, affords, state].every((each) => typeof each === 'function');
  if (!isLedger) refuse(where, argument, 'be a ledger of createPrivacyLedger', ledger);
}

/** Whether a ledger has noted all that an account has: what was computed from private models is to be paid for by who goes on with it. */
export function holdsAccount({ entries }: Pick<PrivacyLedger, 'entries'>, account: PrivacyBudget): boolean {
  const isNoted = (entry: PrivacyEntry) => {
    const noted = entries.find((each) => isAlike(each, entry));
    return noted && (noted.steps ?? 1) >= (entry.steps ?? 1) && (noted.delta ?? 0) >= (entry.delta ?? 0);
  };
  return (account.entries ?? []).every(isNoted);
}

function requireBudget(where: string, budget: PrivacyBudget): Required<PrivacyBudget> {
  requireGivenOptions(where, budget, names, 'budget');
  const { epsilon, delta, entries = [] } = budget;
  requirePositive(where, 'epsilon', epsilon);
  requireDelta(where, delta);
  if (!Array.isArray(entries)) refuse(where, 'entries', 'be a list of spendings', entries);
  for (const [place, each] of entries.entries()) requireEntry(where, each, `entries[${place}]`);
  return { epsilon, delta, entries };
}

function requireEntry(where: string, entry: PrivacyEntry, argument: string): void {
  requireMechanism(where, entry, argument, { purpose: true });
  requireText(where, argument === 'mechanism' ? 'purpose' : `${argument}.purpose`, entry.purpose);
}

function listOf<T extends object>(given: T | readonly T[]): readonly T[] {
  return Array.isArray(given) ? given : [given as T];
}

function isAlike(one: PrivacyEntry, other: PrivacyEntry): boolean {
  const { samplingRate = 1 } = one;
  return (
    one.purpose === other.purpose &&
    one.noiseMultiplier === other.noiseMultiplier &&
    one.epsilon === other.epsilon &&
    samplingRate === (other.samplingRate ?? 1)
  );
}

type Noting = (spendings: readonly Noted[], entry: PrivacyEntry) => Noted[];

function createNotes(): { readonly withMore: Noting; readonly withAtLeast: Noting } {
  // Asked many times about one mechanism, how many steps of it fit, whose divergences take milliseconds.
  let last: Noted | undefined;
  const noted = (entry: PrivacyEntry): Noted => {
    const isSame = last && isAlike({ ...last.mechanism, purpose: entry.purpose }, entry);
    last = { mechanism: { ...entry }, divergences: isSame ? last!.divergences : divergencesOf(entry) };
    return last;
  };
  const replaced = (
    spendings: readonly Noted[],
    entry: PrivacyEntry,
    change: (before: PrivacyEntry) => PrivacyEntry,
  ): Noted[] => {
    const place = spendings.findIndex((each) => isAlike(each.mechanism, entry));
    if (place < 0) return [...spendings, noted(entry)];
    return spendings.with(place, { ...spendings[place]!, mechanism: change(spendings[place]!.mechanism) });
  };
  return {
    // Of two alike the steps and failures add up.
    withMore: (spendings, entry) => {
      const { steps = 1, delta = 0 } = entry;
      return replaced(spendings, entry, (before) => ({
        ...before,
        steps: (before.steps ?? 1) + steps,
        ...(delta + (before.delta ?? 0) > 0 && { delta: delta + (before.delta ?? 0) }),
      }));
    },
    withAtLeast: (spendings, entry) =>
      replaced(spendings, entry, (before) => ((before.steps ?? 1) >= (entry.steps ?? 1) ? before : entry)),
  };
}
