import { mustFit, mustPassAxe } from './axe.js';
import { type Check, must } from './check.js';
import { openPage } from './open-page.js';

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
        const passes = await mustPassAxe(page);
        await mustFit(page, width);
        must(errors.length === 0, errors.join('; '));
        return `${passes} rules passed`;
      } finally {
        await close();
      }
    },
  };
}
