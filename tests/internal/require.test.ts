import { createVocabulary } from 'minimart';
import { expect, test } from 'vitest';

test('a quoted name cannot end the quote: one pair of backticks stands in every refusal', () => {
  const options = { 'a` must be fine. `': 1 };
  expect(() => createVocabulary([], options as never)).toThrow(
    /^createVocabulary: `a' must be fine\. '` must be left out: there is no such option \(there are: [^`]*\), received 1 \(number\)\.$/,
  );
});
