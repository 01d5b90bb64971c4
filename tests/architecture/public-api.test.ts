import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apiReport, reportFile, sourceEntries } from '../../scripts/api-report.js';

// What users can import changes in the open: the report is written anew by `npm run api`, and read in each review.
test('the report of the public API is true', () => {
  expect(readFileSync(reportFile, 'utf8')).toBe(apiReport(sourceEntries()));
});
