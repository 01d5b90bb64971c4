import { readFileSync } from 'node:fs';
import { type Check, must } from './check.js';
import { openPage } from './open-page.js';

const axe = new URL('../../examples/playground/node_modules/axe-core/axe.min.js', import.meta.url);

const ready = {
  images: 'Finds nothing wrong',
  shop: 'The smallest error is that of',
  stock: 'Q-learning costs',
} as const;

/** No violation of WCAG 2.2 AA or of axe's best practices, and nothing wider than the screen. */
export function looksRight(view: keyof typeof ready, width: number, colorScheme: 'light' | 'dark'): Check {
  return {
    name: `${view} at ${width} px, ${colorScheme}: axe, width`,
    run: async ({ browser, url }) => {
      const options = { viewport: { width, height: 800 }, colorScheme, bypassCSP: true } as const;
      const { page, close, errors } = await openPage(browser, `${url}#${view}`, options);
      try {
        await page.getByText(ready[view]).first().waitFor();
        await page.evaluate(readFileSync(axe, 'utf8'));
        const { violations, passes } = await page.evaluate<AxeReport>('axe.run()');
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
        );
        must(found.length === 0, found.join('\n    '));
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
        must(wide <= width, `the page is ${wide} px wide`);
        must(errors.length === 0, errors.join('; '));
        return `${passes.length} rules passed`;
      } finally {
        await close();
      }
    },
  };
}

interface AxeReport {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  readonly passes: readonly unknown[];
}
