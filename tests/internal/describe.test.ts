import { expect, describe as group, test } from 'vitest';
import { describe } from '../../src/internal/describe.js';
import { refuse } from '../../src/internal/require.js';

const nested = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown;
const trap = new Proxy(
  {},
  {
    get() {
      throw new Error('looked at');
    },
  },
);

group('describe', () => {
  test.each<[string, unknown, string]>([
    ['a number', 3, '3 (number)'],
    ['minus zero', -0, '-0 (number)'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['text', 'abc', "'abc' (string)"],
    ['an array', [28, 'x', null], "[28, 'x', null] (array)"],
    ['a shape in an array', [[2, 3], [4]], '[[2, 3], [4]] (array)'],
    ['a typed array', new Float32Array(2), 'an instance of Float32Array (object)'],
    ['an object without a prototype', Object.create(null), 'an instance of Object (object)'],
    ['a file that overrides toString', JSON.parse('{"toString":1}'), 'an instance of Object (object)'],
    ['a file that overrides constructor', JSON.parse('{"constructor":{"name":7}}'), 'an instance of Object (object)'],
    ['a function', Math.max, 'max (function)'],
    ['a symbol', Symbol('s'), 'Symbol(s) (symbol)'],
    ['escape codes', '\u001b[31mred\u202e', "'\\u001b[31mred\\u202e' (string)"],
    ['an object that throws when it is looked at', trap, 'a value that cannot be shown (object)'],
  ])('shows %s', (_, value, text) => {
    expect(describe(value)).toBe(text);
  });

  test.each<[string, unknown]>([
    ['5,000 brackets', nested],
    ['20 MB of text', 'x'.repeat(20_000_000)],
    ['200,000 numbers', Array.from({ length: 200_000 }, (_, index) => index)],
    ['long texts in an array', Array.from({ length: 50 }, () => 'y'.repeat(100_000))],
    ['a big integer', 10n ** 100_000n],
    ['control characters', '\u001b'.repeat(100_000)],
    ['a long name of a function', Object.defineProperty(() => 1, 'name', { value: 'f'.repeat(1e6) })],
    ['objects that override toString, in an array', [JSON.parse('{"toString":1}')]],
  ])('is short for %s', (_, value) => {
    expect(describe(value).length).toBeLessThan(300);
  });

  test('keeps a message of a few hundred characters whatever its parts quote', () => {
    const long = 'z'.repeat(1_000_000);
    const message = (() => {
      try {
        return refuse('f', long, `be in ${long}`, long);
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(message.length).toBeLessThan(900);
    expect(message).toMatch(/^f: `zzz/);
    expect(message).toContain('and 999840 more characters');
  });
});
