/** Lines of a table by arithmetic alone, so that another program can be given the same. */
export interface LinesOfTable {
  readonly header: string;
  readonly real: readonly string[];
  readonly virtual: readonly string[];
}

const lines = (length: number, line: (row: number) => readonly (string | number)[]) =>
  Array.from({ length }, (_, row) => line(row).join(','));

const day = (days: number) => new Date(Date.UTC(2024, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);

/** Numbers that go together, and one that does not; all whole. */
export const numbersAlone: LinesOfTable = {
  header: 'pieces,price,noise',
  real: lines(40, (row) => [row % 9, 3 * (row % 9) + ((row * 7) % 5), (row * 17) % 23]),
  virtual: lines(33, (row) => [(row * 2) % 11, 3 * ((row * 2) % 11) - ((row * 5) % 13), (row * 11) % 23]),
};

/** Ids that go together, ids that only one table has, decimals that go with them, and some of all missing. */
export const withGaps: LinesOfTable = {
  header: 'country,carrier,weight,length',
  real: lines(60, (row) => {
    const place = (row * row) % 7;
    const country = ['UK', 'France', 'Peru', 'UK', 'Spain', 'UK', 'Chile'][place]!;
    const carrier = ['post', 'rail', 'ship'][(place + (row % 5 === 0 ? 1 : 0)) % 3]!;
    const weight = place / 4 + ((row * 3) % 8) / 10;
    return [
      row % 13 === 4 ? '' : country,
      row % 17 === 9 ? '' : carrier,
      row % 11 === 5 ? '' : weight,
      row % 7 === 3 ? '' : weight * 2 + (row % 3) / 5,
    ];
  }),
  virtual: lines(50, (row) => {
    const place = (row * row * 3) % 7;
    const country = ['UK', 'France', 'Peru', 'UK', 'Italy', 'UK', 'Malta'][place]!;
    const carrier = ['post', 'rail', 'air'][(place + (row % 4 === 0 ? 1 : 0)) % 3]!;
    const weight = place / 3 + ((row * 5) % 8) / 10;
    return [
      row % 9 === 2 ? '' : country,
      row % 19 === 3 ? '' : carrier,
      row % 10 === 1 ? '' : weight,
      row % 8 === 6 ? '' : weight - (row % 4) / 3,
    ];
  }),
};

/** A time with gaps beside a number and ids, a number that never varies, and one that never varies where it is virtual. */
export const withTimes: LinesOfTable = {
  header: 'day,total,season,fixed,steady',
  real: lines(45, (row) => [
    row % 14 === 6 ? '' : day(row * 3),
    row * 2.5 + ((row * 13) % 29),
    ['winter', 'spring', 'summer'][Math.floor(row / 15)]!,
    7,
    row - (row % 4),
  ]),
  virtual: lines(52, (row) => [
    row % 12 === 1 ? '' : day(200 + row * 2),
    row * 2 - ((row * 11) % 31),
    ['winter', 'spring', 'summer'][Math.floor(row / 18)]!,
    row % 3 === 0 ? 7 : 8,
    5,
  ]),
};

/** Ids that say nothing of each other and numbers that say nothing of them, a time that never varies: no pair counts. */
export const withoutTrends: LinesOfTable = {
  header: 'country,color,pieces,when',
  real: lines(48, (row) => [
    ['UK', 'France'][row % 2]!,
    ['red', 'blue', 'gray'][row % 3]!,
    Math.floor(row / 6),
    '2024-05-01',
  ]),
  virtual: lines(30, (row) => [
    ['UK', 'Peru'][row % 2]!,
    ['red', 'blue', 'red'][row % 3]!,
    Math.floor(row / 5),
    '2024-05-02',
  ]),
};

/** A time that never varies where it is virtual, and decimals that differ in the last binary digit. */
export const withStoppedTime: LinesOfTable = {
  header: 'season,day,weight',
  real: lines(24, (row) => [['winter', 'spring'][Math.floor(row / 12)]!, day(row * 9), (row % 4) * 0.1]),
  virtual: lines(20, (row) => [['winter', 'spring'][Math.floor(row / 10)]!, day(100), (row % 4) / 10]),
};
