import { type Report, reportPage } from '../../src/report/index.js';
import { mustFit, mustPassAxe } from './axe.js';
import { type Check, must } from './check.js';
import { openPage } from './open-page.js';

/** A page of a report breaks no rule of axe, is not wider than the screen, asks for nothing, and its charts can be read. */
export function reportLooks(
  kind: string,
  sample: () => Report | Promise<Report>,
  width: number,
  colorScheme: 'light' | 'dark',
): Check {
  return {
    name: `report of ${kind} at ${width} px, ${colorScheme}: axe, width, letters`,
    run: async ({ browser }) => {
      const address = `data:text/html;charset=utf-8,${encodeURIComponent(reportPage(await sample()))}`;
      const options = { viewport: { width, height: 800 }, colorScheme, bypassCSP: true } as const;
      const { page, close, errors, strangers } = await openPage(browser, address, options);
      try {
        await mustPassAxe(page);
        await mustFit(page, width);
        // Once more with the numbers of all charts unfolded.
        await page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })');
        const passes = await mustPassAxe(page);
        await mustFit(page, width);
        const { smallest, palest, count } = await page.evaluate<Letters>(measureLetters);
        must(count > 0, 'no chart has letters');
        must(smallest >= 10, `letters of a chart are ${smallest.toFixed(1)} px high`);
        must(palest >= 4.5, `letters of a chart have a contrast of ${palest.toFixed(2)}`);
        must(strangers.length === 0, `asked for ${strangers.join(', ')}`);
        must(errors.length === 0, errors.join('; '));
        if (process.env.MINIMART_SCREENSHOTS) {
          const path = `${process.env.MINIMART_SCREENSHOTS}/${kind}-${width}-${colorScheme}.png`;
          await page.screenshot({ path, fullPage: true });
        }
        return `${passes} rules passed, letters of ${smallest.toFixed(1)} px or more, contrast ${palest.toFixed(1)} or more`;
      } finally {
        await close();
      }
    },
  };
}

interface Letters {
  readonly smallest: number;
  readonly palest: number;
  readonly count: number;
}

// Axe does not look into SVG. Contrast by WCAG 2.2, of each text against the card that its chart lies on.
const measureLetters = `(() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const texts = [...document.querySelectorAll('svg.chart text')].filter((text) => text.textContent !== '');
  const sizes = texts.map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a / Math.cos(Math.atan2(text.getScreenCTM().b, text.getScreenCTM().a)));
  const contrasts = texts.map((text) => {
    const pair = [light(getComputedStyle(text).fill), light(getComputedStyle(text.closest('figure')).backgroundColor)];
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  });
  return { smallest: Math.min(...sizes), palest: Math.min(...contrasts), count: texts.length };
})()`;
