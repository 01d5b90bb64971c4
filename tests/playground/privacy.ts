import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { formatOrders, simulateShop } from 'minimart';
import { type Check, must } from './check.js';
import { openPage } from './open-page.js';

/** A file of orders is read, and nothing is asked for or sent from then on. */
export const fileStays: Check = {
  name: 'a file of orders stays in the page',
  run: async ({ browser, url }) => {
    const { page, close, requests, errors } = await openPage(browser, `${url}#shop`);
    try {
      await page.getByRole('heading', { name: 'What will sell?' }).waitFor();
      await page.locator('svg').nth(3).waitFor();
      const before = requests.filter((each) => each.startsWith('http')).length;
      const csv = formatOrders(simulateShop({ seed: 3, users: 60, items: 25 })).replaceAll('Customer', 'Customer ID');
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
      await page.getByRole('heading', { name: 'Your shop: mine.csv' }).waitFor();
      await page.getByText(/purchases by \d+ customers of 25 products/).waitFor();
      await page.getByText('Last orders of').waitFor();
      await page.getByText('lines of each kind').waitFor();
      await page.getByText('The smallest error is that of').waitFor();
      const after = requests.filter((each) => each.startsWith('http')).slice(before);
      must(after.length === 0, `it asked for ${after.join(', ')}`);
      must(errors.length === 0, errors.join('; '));
      return `${(csv.length / 1000).toFixed(0)} kB read, no request`;
    } finally {
      await close();
    }
  },
};

/** Neither the page nor its workers can reach another host. */
export const policyHolds: Check = {
  name: 'the policy holds in page and workers',
  run: async ({ browser, url }) => {
    let reached = 0;
    const stranger = createServer((_, response) => {
      reached += 1;
      response.setHeader('Access-Control-Allow-Origin', '*').end('reached');
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const elsewhere = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;
    const { page, close } = await openPage(browser, `${url}#shop`);
    try {
      await page.getByText(/purchases by/).waitFor();
      const ask = `fetch(${JSON.stringify(elsewhere)}, { method: 'POST', body: 'orders' }).then(() => 'sent', () => 'refused')`;
      must(page.workers().length > 0, 'there is no worker');
      const workers = page.workers().map((worker) => worker.evaluate<string>(ask));
      const answers = await Promise.all([page.evaluate<string>(ask), ...workers]);
      must(
        answers.every((answer) => answer === 'refused'),
        `requests were ${answers.join(', ')}`,
      );
      must(reached === 0, 'the other host was reached');
      return `page and ${page.workers().length} workers refused`;
    } finally {
      await close();
      stranger.close();
    }
  },
};

/** Once loaded, it opens without a network. */
export const offline: Check = {
  name: 'opens offline',
  run: async ({ browser, url }) => {
    const { page, close } = await openPage(browser, `${url}#images?backend=wasm`);
    try {
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      await page.context().setOffline(true);
      await page.reload();
      await page.getByText(/^Step /).waitFor();
      await page.getByRole('link', { name: 'Stock' }).click();
      await page.getByText('Solved exactly').waitFor();
      return (await page.title()) ?? '';
    } finally {
      await close();
    }
  },
};
