import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { type MainThread, readTrace } from './main-thread.js';

/** A page of the playground, with what happened in it. */
export interface Watched {
  readonly page: Page;
  /** Requests to anywhere but where the page is from. */
  readonly strangers: string[];
  readonly errors: string[];
  /** All requests, in order. */
  readonly requests: string[];
  /** How the main thread fared; only where the page was opened with `isTraced`, and once. */
  mainThread(): Promise<MainThread>;
  close(): Promise<void>;
}

/** Opens an address of the playground in a context of its own, where nothing is kept from before. */
export async function openPage(
  browser: Browser,
  address: string,
  { isTraced = false, ...options }: BrowserContextOptions & { readonly isTraced?: boolean } = {},
): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 900, height: 700 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  const [strangers, errors, requests]: string[][] = [[], [], []];
  const { origin } = new URL(address);
  context.on('request', (request) => {
    const url = request.url();
    requests!.push(url);
    if (/^(https?|wss?):/.test(url) && new URL(url).origin !== origin) strangers!.push(url);
  });
  page.on('pageerror', ({ message }) => errors!.push(message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors!.push(message.text());
  });
  if (isTraced) await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  await page.goto(address);
  return {
    page,
    ...{ strangers: strangers!, errors: errors!, requests: requests! },
    mainThread: async () => readTrace(await browser.stopTracing()),
    close: () => context.close(),
  };
}

/** Chromium, with a GPU done by software. */
export function launch(executablePath: string, args: string[]): Promise<Browser> {
  return chromium.launch({ executablePath, args });
}
