import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { formatOrders, simulateShop } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { help, readOptions } from '../../examples/shop/options.js';
import { type Ended, runExample, temporaryFolder } from './run-example.js';

const few = ['--users', '300', '--items', '60', '--days', '120', '--epochs', '2'];

describe('a short run on a small simulated shop', () => {
  const out = join(temporaryFolder(), 'new');
  let ended: Ended;
  let report: string;
  beforeAll(async () => {
    ended = await runExample('shop.ts', [...few, '--seed', '5', '--out', out]);
    report = existsSync(join(out, 'report.html')) ? readFileSync(join(out, 'report.html'), 'utf8') : '';
  });

  test('ends well, shows progress and names the report', () => {
    expect(ended.code, ended.output).toBe(0);
    expect(ended.output).toMatch(/Learning from [\d,]+ order lines of \d+ customers and 60 items/);
    expect(ended.output).toMatch(/embedding MLP {3}.* epoch 2 · loss \d\.\d+ · validation NDCG@10 0\.\d+/);
    expect(ended.output).toContain(join(out, 'report.html'));
    expect(ended.output).not.toContain('\u001b');
  });

  test('puts the truth above what was learned, and popularity beside it', () => {
    const ndcg = Object.fromEntries(
      [...ended.output.matchAll(/^ {2}(\S.*?) +NDCG@10 (\d\.\d+)/gm)].map(([, name, value]) => [name, Number(value)]),
    );
    const names = ['best possible (truth)', 'embedding MLP', 'implicit ALS', 'item-item', 'popularity'];
    expect(Object.keys(ndcg).sort()).toEqual(names.sort());
    expect(Math.max(...Object.values(ndcg))).toBe(ndcg['best possible (truth)']);
    // The order on the terminal is that of the figures.
    expect(Object.values(ndcg)).toEqual(Object.values(ndcg).sort((a, b) => b - a));
  });

  test('writes a report that holds everything and loads nothing', () => {
    expect(report.match(/<svg /g)?.length).toBe(3);
    expect(report).not.toMatch(/(src|srcset|href)=/);
    expect(report).not.toMatch(/NaN|undefined|Infinity/);
    expect(report).toContain('<tr><th scope="row">seed</th><td>5</td></tr>');
    expect(report.match(/<h3>Customer U\d+/g)?.length).toBe(3);
    expect(report).toContain('this customer');
  });

  test('says of the truth that it captures all that can be expected', () => {
    // The first is the table beside the chart.
    const row = [...report.matchAll(/best possible \(truth\)<\/th>(.*?)<\/tr>/gs)].at(1)?.[1];
    expect(row).toMatch(/100\.0 %<\/td><td class="number">100\.0 %<\/td><td/);
  });
});

test('a file of orders like Online Retail is read, and no truth is claimed for it', async () => {
  const folder = temporaryFolder();
  // The simulated export with the names, the customer numbers and the extra column of that file.
  const csv = formatOrders(simulateShop({ seed: 3, users: 250, items: 50, days: 200 }));
  const rows = csv.trim().split('\n').slice(1);
  const lines = rows.map((row) => {
    const [order, product, , quantity, when, price, customer, country] = row.split(',');
    return [order, product, '"MUG, ""RED"""', quantity, when, price, `${Number(customer!.slice(1))}.0`, country].join();
  });
  const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
  const data = join(folder, 'orders.csv.gz');
  writeFileSync(data, gzipSync(`${[header, ...lines].join('\n')}\n`));
  const { code, output } = await runExample('shop.ts', ['--data', data, '--epochs', '1', '--out', folder]);
  expect(code, output).toBe(0);
  expect(output).toContain('implicit ALS');
  expect(output).not.toContain('best possible');
  const report = readFileSync(join(folder, 'report.html'), 'utf8');
  expect(report).not.toMatch(/NaN|undefined|Infinity|true place|of the way/);
  expect(report).toMatch(/<h3>Customer \d+, /);
});

test.each([
  [['--colour'], "Unknown option '--colour'"],
  [['--data', '/nowhere.csv'], '/nowhere.csv'],
])('%j is refused in a sentence', async (args, sentence) => {
  const { code, output } = await runExample('shop.ts', args);
  expect(code).toBe(1);
  expect(output).toContain(sentence);
  expect(output).not.toContain('    at ');
});

test.each([
  [['--users', '3'], "--users must be a whole number >= 20, received '3'."],
  [['--epochs', '0'], "--epochs must be a whole number >= 1, received '0'."],
  [['--backend', 'webgl'], "--backend must be wasm or cpu, received 'webgl'."],
])('%j is refused in a sentence before any work', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(sentence);
});

test('help lists every option', () => {
  expect(readOptions(['--help'])).toBe('help');
  for (const name of ['data', 'users', 'items', 'days', 'epochs', 'seed', 'backend', 'out', 'help']) {
    expect(help).toContain(`--${name} `);
  }
});
