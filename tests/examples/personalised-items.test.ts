import { expect, test } from 'vitest';
import { runExample } from './run-example.js';

test('the example of personalised items shows picks and the table beside the simple methods', async () => {
  const sizes = ['--steps', '8', '--users', '60', '--items', '40', '--days', '60'];
  const { code, output } = await runExample('personalised-items.ts', sizes);
  expect(code, output).toBe(0);
  expect(output.match(/step \d+: real choices look \d+% real, made ones \d+%/g)).toHaveLength(4);
  expect(output.match(/ {2}(P\d{4} \([^)]+\)(, |\n)){5}/g)).toHaveLength(4);
  const rows = output
    .split('\n')
    .filter((line) => /^(popularity|itemItem|implicitAls|adversarial) +0\.\d{3} \(/.test(line));
  expect(rows).toHaveLength(4);
});
