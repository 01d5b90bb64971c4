import { refuseFile } from '../../internal/file-fault.js';
import { createPrivacyLedger, type PrivacyBudget } from '../../privacy/privacy-ledger.js';
import { fromJson } from './json.js';
import type { Reader } from './reader.js';

/** Entries that an account may have: each takes some work. */
const mostEntries = 100;

/** The account at `privacy` of a description, as {@link PrivacyLedger.state} gives it; undefined where there is none. */
export function readPrivacyAccount(description: Reader): Required<PrivacyBudget> | undefined {
  if (!description.has('privacy')) return undefined;
  const budget = fromJson(description.part('privacy').plain()) as PrivacyBudget;
  const count = budget.entries?.length ?? 0;
  if (!(count <= mostEntries)) refuseFile(`hold an account of at most ${mostEntries} entries`, count);
  return createPrivacyLedger(budget).state();
}
