import { createPrivacyLedger, type PrivacyEntry, privacySpent } from 'minimart';
import { expect, test } from 'vitest';

const counts = { purpose: 'counts', noiseMultiplier: 20 } as const;
const training = { purpose: 'training', noiseMultiplier: 2, samplingRate: 0.01 } as const;
const budget = { epsilon: 1, delta: 1e-6 };

test('composes all that was spent', () => {
  const ledger = createPrivacyLedger(budget);
  expect(ledger.spent.epsilon).toBe(0);
  expect(ledger.left).toBe(1);
  ledger.spend([counts, training]);
  for (let step = 0; step < 9; step += 1) ledger.spend(training);
  const { purpose: _, ...sampled } = training;
  const expected = privacySpent([{ noiseMultiplier: 20 }, { ...sampled, steps: 10 }], { delta: 1e-6 });
  expect(ledger.spent).toEqual(expected);
  expect(ledger.left).toBeCloseTo(1 - expected.epsilon, 12);
  expect(ledger.entries).toEqual([counts, { ...training, steps: 10 }]);
});

test('is a hard stop: what would go beyond the budget is refused and not noted', () => {
  const ledger = createPrivacyLedger(budget);
  ledger.spend(counts);
  const { entries, spent } = ledger;
  const large = { purpose: 'bins', noiseMultiplier: 4 };
  expect(ledger.affords(large)).toBe(false);
  expect(() => ledger.spend([counts, large])).toThrow(
    /^spend: `epsilon` must stay within the budget of 1 at delta 0.000001, of which 0\.\d+ is spent, received 1\.\d+/,
  );
  expect(ledger.entries).toEqual(entries);
  expect(ledger.spent).toEqual(spent);
});

test('affords as many steps as can be spent one by one, and no more', () => {
  const ledger = createPrivacyLedger(budget);
  const step: PrivacyEntry = { purpose: 'steps', noiseMultiplier: 20 };
  let steps = 0;
  while (ledger.affords(step)) {
    ledger.spend(step);
    steps += 1;
  }
  const spent = (count: number) => privacySpent({ noiseMultiplier: 20, steps: count }, { delta: 1e-6 }).epsilon;
  expect(spent(steps)).toBeLessThanOrEqual(1);
  expect(spent(steps + 1)).toBeGreaterThan(1);
  expect(ledger.spent.epsilon).toBe(spent(steps));
});

test('is read again from JSON, and goes on', () => {
  const ledger = createPrivacyLedger(budget);
  ledger.spend([counts, { ...training, steps: 5, delta: 1e-8 }, { purpose: 'elsewhere', epsilon: 0.1 }]);
  const again = createPrivacyLedger(JSON.parse(JSON.stringify(ledger.state())));
  expect(again.state()).toEqual(ledger.state());
  expect(again.spent).toEqual(ledger.spent);
  again.spend(training);
  expect(again.entries[1]).toEqual({ ...training, steps: 6, delta: 1e-8 });
});

test('takes in what another had spent without ever lowering its own', () => {
  const saved = createPrivacyLedger(budget);
  saved.spend([counts, { ...training, steps: 5 }]);
  const ahead = createPrivacyLedger(budget);
  ahead.spend({ ...training, steps: 8 });
  ahead.restore(saved.state());
  expect(ahead.entries).toEqual([{ ...training, steps: 8 }, counts]);
  const fresh = createPrivacyLedger(budget);
  fresh.restore(saved.state());
  expect(fresh.state()).toEqual(saved.state());
});

test('keeps apart what has another purpose, noise or rate', () => {
  const ledger = createPrivacyLedger({ epsilon: 9, delta: 1e-6 });
  ledger.spend([
    training,
    { ...training, purpose: 'more' },
    { ...training, noiseMultiplier: 3 },
    { ...training, samplingRate: 1 },
  ]);
  expect(ledger.entries).toHaveLength(4);
});

test('refuses budgets and entries that are none', () => {
  const make = (given: object) => createPrivacyLedger(given as never);
  expect(() => make({ epsilon: 0, delta: 1e-6 })).toThrow('createPrivacyLedger: `epsilon` must be a positive number');
  expect(() => make({ epsilon: 1 })).toThrow('`delta`');
  expect(() => make({ ...budget, entries: {} })).toThrow('`entries` must be a list of spendings');
  expect(() => make({ ...budget, entries: [{ purpose: 'x' }] })).toThrow('`entries[0].noiseMultiplier`');
  expect(() => make({ ...budget, entries: [{ noiseMultiplier: 1 }] })).toThrow('`entries[0].purpose` must be a text');
  expect(() => createPrivacyLedger(budget).spend({ noiseMultiplier: 1 } as never)).toThrow('spend: `purpose`');
  expect(() => createPrivacyLedger(budget).spend({ purpose: 'x', noiseMultiplier: -1 })).toThrow('`noiseMultiplier`');
});
