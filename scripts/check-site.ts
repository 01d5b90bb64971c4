// Ends with an error where the built site has a link that leads nowhere: npm run links, after npm run docs.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deadHtmlLinks } from './dead-links.js';

/** The dead links of every page below a folder, which has pages. */
export function checkSite(folder: string): { readonly pages: number; readonly dead: readonly string[] } {
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const pages = files.filter((path) => path.endsWith('.html'));
  if (pages.length === 0) throw new Error(`${folder} has no pages: npm run docs`);
  return { pages: pages.length, dead: deadHtmlLinks(folder, pages) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { pages, dead } = checkSite(fileURLToPath(new URL('../docs/api', import.meta.url)));
  for (const link of dead) console.error(`leads nowhere: ${link}`);
  console.log(`${pages} pages, ${dead.length} dead links`);
  process.exitCode = dead.length === 0 ? 0 : 1;
}
