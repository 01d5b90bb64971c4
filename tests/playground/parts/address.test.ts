import { expect, test } from 'vitest';
import {
  addressOf,
  choiceSetting,
  numberSetting,
  readPlace,
  readSettings,
  textSetting,
} from '../../../examples/playground/src/app/address.js';

const table = {
  rate: numberSetting(0.5, [0.1, 2], false),
  seed: numberSetting(7, [0, 99]),
  start: choiceSetting<'sketch' | 'nothing'>('sketch', ['sketch', 'nothing']),
  customer: textSetting(''),
};

const read = (query: string) => readSettings(table, new URLSearchParams(query));

test('an address is read back as the settings it was made of, whatever letters a text has', () => {
  const values = { rate: 0.25, seed: 42, start: 'nothing', customer: '#a&b=c?d e+ü%20' } as const;
  const { view, settings } = readPlace(new URL(addressOf('shop', table, values), 'https://example.org').hash);
  expect(view).toBe('shop');
  expect(readSettings(table, settings)).toEqual(values);
});

test('what is as usual is left out of the address', () => {
  expect(addressOf('images', table, { rate: 0.5, seed: 7, start: 'sketch', customer: '' })).toBe('#images');
  expect(addressOf('images', table, { seed: 8 })).toBe('#images?seed=8');
});

test('an address without a view or settings is read as such', () => {
  expect(readPlace('').view).toBe('');
  expect(readPlace('#stock').view).toBe('stock');
  expect([...readPlace('#stock').settings]).toEqual([]);
});

test.each(['', 'seed=', 'seed=seven', 'seed=NaN', 'seed=Infinity', 'seed=+', 'other=3'])(
  '%j leaves the usual seed',
  (query) => {
    expect(read(query).seed).toBe(7);
  },
);

test('numbers are kept between their bounds, whole ones rounded', () => {
  expect(read('seed=-5').seed).toBe(0);
  expect(read('seed=1e9').seed).toBe(99);
  expect(read('seed=3.6').seed).toBe(4);
  expect(read('rate=0.3').rate).toBe(0.3);
  expect(read('rate=9').rate).toBe(2);
});

test('a choice that is none, or of other letters, leaves the usual one', () => {
  expect(read('start=nothing').start).toBe('nothing');
  expect(read('start=Nothing').start).toBe('sketch');
  expect(read('start=toString').start).toBe('sketch');
});
