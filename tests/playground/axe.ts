import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { must } from './check.js';

const axe = new URL('../../examples/playground/node_modules/axe-core/axe.min.js', import.meta.url);

interface AxeReport {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  readonly passes: readonly unknown[];
}

/** Throws where a page breaks a rule of WCAG 2.2 AA or of axe's best practices. Returns how many rules passed. */
export async function mustPassAxe(page: Page): Promise<number> {
  await page.evaluate(readFileSync(axe, 'utf8'));
  const { violations, passes } = await page.evaluate<AxeReport>('axe.run()');
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  must(found.length === 0, found.join('\n    '));
  return passes.length;
}

/** Throws where a page is wider than the screen. */
export async function mustFit(page: Page, width: number): Promise<void> {
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
  must(wide <= width, `the page is ${wide} px wide`);
}
