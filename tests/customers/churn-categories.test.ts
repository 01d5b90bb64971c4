import '../support/backends.js';
import {
  type ChurnModel,
  calibrateChurn,
  calibratedChurn,
  compareChurn,
  createRng,
  createVocabulary,
  customerHistory,
  idColumn,
  logisticChurn,
  moneyColumn,
  networkChurn,
  parseTable,
  splitCustomers,
  timeColumn,
  useBackend,
} from 'minimart';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chanceOf } from '../../src/customers/churn/churn-model.js';
import { historyOf } from './made-customers.js';

await useBackend('wasm');

const logOdds: Readonly<Record<string, number>> = { Malta: -2, Norway: 0, Spain: 2 };
const countries = Object.keys(logOdds);

// Who leaves depends on the country alone; one customer in a hundred is of a country that nobody else has, or of none.
function ofCountries(count: number, seed: number, order = countries) {
  const rng = createRng(seed);
  const rows = Array.from({ length: count }, () => {
    const [silence, recency] = [20 * rng.uniform(), 20 * rng.uniform()];
    return [1 + rng.integer(5), recency, recency + silence] as const;
  });
  const drawn = rows.map(() => countries[rng.integer(3)]!);
  const purchases = Float64Array.from(drawn, (country) => (rng.uniform() < chanceOf(logOdds[country]!) ? 0 : 1));
  const rare = (row: number) => row % 100 === 7;
  const vocabulary = createVocabulary([
    ...order,
    ...Array.from(rows.keys())
      .filter(rare)
      .map((row) => `Island ${row}`),
  ]);
  const codes = Int32Array.from(drawn, (country, row) => {
    if (row % 200 === 107) return -1;
    return vocabulary.indexOf(rare(row) ? `Island ${row}` : country);
  });
  const history = {
    ...historyOf(rows),
    future: { horizon: 4, purchases },
    categories: { Country: { vocabulary, codes } },
  };
  return { history, drawn };
}

const learned = ofCountries(1500, 1).history;
// The same countries in another order, as in another file.
const { history: later, drawn } = ofCountries(900, 2, ['Spain', 'Malta', 'Norway']);

const learners = {
  network: () => networkChurn(learned, { networks: 2, epochs: 15 }),
  logistic: () => logisticChurn(learned),
};

describe.each(Object.entries(learners))('%s of categories', (_, learn) => {
  let model: ChurnModel;
  beforeAll(async () => {
    model = await learn();
  });
  afterAll(() => model.dispose?.());

  test('finds what each says, whatever its place in a file', async () => {
    const chances = await model.predict(later);
    for (const country of countries) {
      const own = chances.filter((_, row) => drawn[row] === country && row % 100 !== 7);
      const mean = own.reduce((sum, chance) => sum + chance, 0) / own.length;
      expect(Math.abs(mean - chanceOf(logOdds[country]!))).toBeLessThan(0.08);
    }
  });

  test('takes a category that is rare, none or new for an unknown one, of which it says neither extreme', async () => {
    const one = historyOf(Array.from({ length: 5 }, () => [2, 8, 15]));
    const vocabulary = createVocabulary(['Malta', 'Spain', 'Island 7', 'Atlantis']);
    const codes = Int32Array.of(0, 1, 2, 3, -1);
    const asked = { ...one, categories: { Country: { vocabulary, codes } } };
    const [malta, spain, rare, fresh, none] = await model.predict(asked);
    expect([fresh, none]).toEqual([rare, rare]);
    expect(rare).toBeGreaterThan(malta! + 0.15);
    expect(rare).toBeLessThan(spain! - 0.15);
    expect(model.doubts!(asked)).toEqual([
      "3 of 5 customers have a 'Country' that was not learned (Island 7, Atlantis, none): their chances are those of an unknown one.",
    ]);
    const known = { ...one, categories: { Country: { vocabulary, codes: new Int32Array(5) } } };
    expect(model.doubts!(known)).toEqual([]);
    expect((await model.explain(asked, 'C3')).doubts).toEqual([
      expect.stringMatching(/^1 of 1 customers .*\(Atlantis\)/),
    ]);
    expect((await model.explain(asked, 'C0')).doubts).toEqual([]);
  });

  test('explains by it, to the last digit', async () => {
    const row = drawn.findIndex((country, place) => country === 'Spain' && place % 100 !== 7);
    const { contributions, score, baseline, probability } = await model.explain(later, `C${row}`);
    const country = contributions.find(({ feature }) => feature === 'Country')!;
    expect(country.value).toBe('Spain');
    expect(country.contribution).toBeGreaterThan(1);
    expect(contributions[0]).toBe(country);
    expect(contributions.length).toBe(model.features.length + 1);
    expect(contributions.reduce((sum, each) => sum + each.contribution, 0)).toBeCloseTo(score - baseline, 6);
    expect(probability).toBeCloseTo((await model.predict(later))[row]!, 6);
  });

  test('says what it knows, and refuses customers without the column', async () => {
    expect(model.categories!.map(({ name }) => name)).toEqual(['Country']);
    const { known } = model.categories![0]!;
    expect(Array.from({ length: known.size }, (_, place) => known.idAt(place)).sort()).toEqual(countries);
    const { categories: _, ...without } = later;
    await expect(model.predict(without)).rejects.toThrow(/predict: `history` must know the category 'Country'/);
  });

  test('keeps its categories when it is calibrated, and parts of the customers keep theirs', async () => {
    const { train, test: held } = splitCustomers(later, { testShare: 0.5, seed: 1 });
    for (const part of [train, held]) {
      const { codes, vocabulary } = part.categories.Country;
      for (let row = 0; row < part.length; row += 1) {
        const place = later.customers.indexOf(part.customers.idAt(row)!);
        expect(vocabulary.idAt(codes[row]!)).toBe(
          later.categories.Country.vocabulary.idAt(later.categories.Country.codes[place]!),
        );
      }
    }
    const fresh = { ...later, until: learned.until + 28 * 86_400_000 };
    const { calibration } = await calibrateChurn(model, fresh);
    const calibrated = await calibratedChurn(model, calibration);
    expect(calibrated.categories).toBe(model.categories);
    expect((await calibrated.explain(later, 'C1')).contributions.map(({ feature }) => feature)).toContain('Country');
  });
});

test('weights of countries are those that minimise the penalised loss', async () => {
  const { codes, vocabulary } = learned.categories.Country;
  const model = await logisticChurn(learned, { features: ['frequency'], categories: ['Country'] });
  const chances = await model.predict(learned);
  for (const country of countries) {
    const code = vocabulary.indexOf(country);
    const of = (all: Int32Array) => model.predict({ ...learned, categories: { Country: { vocabulary, codes: all } } });
    const score = (chance: number) => Math.log(chance / (1 - chance));
    const [own] = await of(new Int32Array(1500).fill(code));
    const [unknown] = await of(new Int32Array(1500).fill(-1));
    const weight = score(own!) - score(unknown!);
    // The slope of -log-likelihood + weight^2 / 2.
    const slope = chances.reduce((sum, chance, row) => {
      const label = learned.future.purchases[row] === 0 ? 1 : 0;
      return codes[row] === code ? sum + chance - label : sum;
    }, weight);
    expect(Math.abs(slope)).toBeLessThan(0.05);
  }
});

test('an unknown country adds nothing to the weight of a number', async () => {
  const half = Int32Array.from(learned.categories.Country.codes, (code, row) => (row % 2 ? code : -1));
  const purchases = learned.future.purchases.map((count, row) => (row % 2 ? count : Number(row % 8 === 0)));
  const Country = { vocabulary: learned.categories.Country.vocabulary, codes: half };
  const history = { ...learned, future: { horizon: 4, purchases }, categories: { Country } };
  const model = await logisticChurn(history, { features: ['frequency'], categories: ['Country'] });
  const chances = await model.predict(history);
  const logs = history.frequency.map(Math.log1p);
  const mean = logs.reduce((sum, log) => sum + log, 0) / 1500;
  const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / 1499);
  const [one, other] = [history.frequency.indexOf(1), history.frequency.indexOf(5)];
  const asked = { ...history, categories: { Country: { ...Country, codes: new Int32Array(1500).fill(-1) } } };
  const scores = (await model.predict(asked)).map((chance) => Math.log(chance / (1 - chance)));
  const weight = ((scores[other!]! - scores[one!]!) / (logs[other!]! - logs[one!]!)) * deviation;
  // The slope of -log-likelihood + weight^2 / 2 along it.
  const slope = chances.reduce(
    (sum, chance, row) => sum + ((chance - (purchases[row] === 0 ? 1 : 0)) * (logs[row]! - mean)) / deviation,
    weight,
  );
  expect(Math.abs(slope)).toBeLessThan(0.05);
});

test('the simple rules of a comparison look at no category', async () => {
  const { categories: _, ...without } = learned;
  const [one, other] = [await compareChurn(learned, { folds: 2 }), await compareChurn(without, { folds: 2 })];
  expect(one.models.recency).toEqual(other.models.recency);
  expect(one.models.frequency).toEqual(other.models.frequency);
  expect(one.models.logistic!.auc.value).toBeGreaterThan(other.models.logistic!.auc.value + 0.1);
});

test('categories that are not there, twice or too many are refused, and none may be wanted', async () => {
  const by = (categories: unknown, history: object = learned) =>
    logisticChurn(history as never, { categories: categories as never });
  await expect(by(['Town'])).rejects.toThrow(
    /logisticChurn: `categories\[0\]` must be one of 'Country', received 'Town'/,
  );
  await expect(by(['Country', 'Country'])).rejects.toThrow(/`categories` must name each column once/);
  await expect(by('Country')).rejects.toThrow(/`categories` must be an array of texts/);
  const { Country } = learned.categories;
  const five = { ...learned, categories: { a: Country, b: Country, c: Country, d: Country, e: Country } };
  await expect(by(undefined, five)).rejects.toThrow(/`categories` must be at most 4/);
  expect((await by([])).categories).toEqual([]);
  const short = { ...learned, categories: { Country: { ...Country, codes: Country.codes.slice(1) } } };
  await expect(by(undefined, short)).rejects.toThrow(
    /`history.categories.Country` must have 1500 customers, received 1499/,
  );
  const far = { ...learned, categories: { Country: { ...Country, codes: Country.codes.map(() => 99) } } };
  await expect(by(undefined, far)).rejects.toThrow(
    /`history.categories.Country.codes\[0\]` must be a place of the vocab/,
  );
});

describe('categories of a history', () => {
  const csv = `who,when,paid,country,group
ann,2026-01-19,20,Spain,shoes
ann,2026-01-05,10,,hats
ann,2026-01-02,-3,Norway,bags
bob,2026-01-12,8,,
bob,2026-02-20,9,Malta,hats
cid,2026-01-07,1,Malta,shoes
cid,2026-01-07,1,Spain,hats
`;
  const orders = parseTable(csv, {
    who: idColumn(),
    when: timeColumn(),
    paid: moneyColumn(),
    country: idColumn({ missing: 'keep' }),
    group: idColumn({ missing: 'keep' }),
  });
  const columns = { customer: 'who', time: 'when', money: 'paid', categories: ['country', 'group'] } as const;
  const shown = async (until?: number) => {
    const { categories, customers, length } = await customerHistory(orders, { ...columns, ...(until && { until }) });
    return Array.from({ length }, (_, row) => [
      customers.idAt(row),
      ...['country', 'group'].map((name) => categories![name]!.vocabulary.idAt(categories![name]!.codes[row]!)),
    ]);
  };

  test('are those of the first purchase that says one, and nothing behind the date', async () => {
    expect(await shown()).toEqual([
      ['ann', 'Spain', 'hats'],
      ['bob', 'Malta', 'hats'],
      ['cid', 'Malta', 'shoes'],
    ]);
    expect(await shown(Date.UTC(2026, 0, 15))).toEqual([
      ['ann', undefined, 'hats'],
      ['bob', undefined, undefined],
      ['cid', 'Malta', 'shoes'],
    ]);
  });

  test('are refused where there is no such column', async () => {
    const by = (categories: unknown) => customerHistory(orders, { ...columns, categories: categories as never });
    await expect(by(['paid'])).rejects.toThrow(/customerHistory: `categories/);
    await expect(by(['country', 'country'])).rejects.toThrow(/`categories` must name each column once/);
    await expect(by('country')).rejects.toThrow(/`categories` must be an array of texts/);
  });
});
