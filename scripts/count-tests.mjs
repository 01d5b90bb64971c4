// Prints how many tests of a vitest JSON report passed and failed: node scripts/count-tests.mjs REPORT
import { readFileSync } from 'node:fs';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
console.log(report.numPassedTests, report.numFailedTests);
