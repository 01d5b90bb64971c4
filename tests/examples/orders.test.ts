import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { help, readOptions } from '../../examples/orders/options.js';
import { type Ended, runExample, temporaryFolder } from './run-example.js';

const few = ['--users', '300', '--items', '60', '--days', '200', '--lines', '2000', '--classes', '12'];

describe('a short run on a small simulated shop', () => {
  const out = join(temporaryFolder(), 'new');
  let ended: Ended;
  let report: string;
  beforeAll(async () => {
    ended = await runExample('orders.ts', [...few, '--seed', '5', '--out', out]);
    report = existsSync(join(out, 'report.html')) ? readFileSync(join(out, 'report.html'), 'utf8') : '';
  });

  test('ends well, shows progress and names the report', () => {
    expect(ended.code, ended.output).toBe(0);
    expect(ended.output).toMatch(/Learning from 2,000 of [\d,]+ order lines/);
    expect(ended.output).toMatch(/mixture .* \d+\/40 · log-likelihood -\d+\.\d+ a line/);
    expect(ended.output).toContain(join(out, 'report.html'));
    expect(ended.output).not.toMatch(/NaN|Infinity|undefined/);
    expect(ended.output).not.toContain('\u001b');
  });

  test('finds the mixture harder to tell than independent columns, and says what copies are', () => {
    const areas = Object.fromEntries(
      [...ended.output.matchAll(/^ {2}(\S.*?) +trees (\d\.\d+)/gm)].map(([, name, value]) => [name, Number(value)]),
    );
    expect(Object.keys(areas)).toEqual([
      ...['bootstrap of lines', 'independent columns', 'Gaussian copula', 'mixture of 12 classes'],
    ]);
    expect(areas['mixture of 12 classes']).toBeLessThan(areas['independent columns']!);
    expect(ended.output).toContain('The bootstrap of lines does not compete: its lines are copies');
  });

  test('writes a report that holds everything and loads nothing', () => {
    // The detector, six columns, two maps of pairs, three products.
    expect(report.match(/<svg /g)?.length).toBe(12);
    expect(report).not.toMatch(/(src|srcset|href)=/);
    expect(report).not.toMatch(/NaN|undefined|Infinity/);
    expect(report).toMatch(/Asked for: country .*, from 9 to 11/);
    expect(report.match(/<td>in hindsight<\/td>/g)?.length).toBe(3);
    expect(report).toContain('<tr><th scope="row">seed</th><td>5</td></tr>');
  });
});

test.each([
  [['--lines', '10'], '--lines must be a whole number >= 200'],
  [['--classes', 'many'], "--classes must be a whole number >= 1, received 'many'"],
])('refuses %j', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});

test('says what it can do', () => {
  expect(readOptions(['--help'])).toBe('help');
  for (const name of ['data', 'users', 'items', 'days', 'lines', 'classes', 'seed', 'out'])
    expect(help).toContain(`--${name} `);
});
