// Finds links of pages that lead nowhere: relative ones whose file is not there, and anchors that no heading has.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The links of Markdown pages that lead nowhere, each with its page. */
export function deadMarkdownLinks(root: string, pages: readonly string[]): string[] {
  return pages.flatMap((page) => {
    const text = withoutCode(readFileSync(join(root, page), 'utf8'));
    const links = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map(([, link]) => link!);
    const sources = [...text.matchAll(/<(?:img|a|source)\b[^>]*?\b(?:src|href|srcset)="([^"]+)"/g)].map(
      ([, link]) => link!,
    );
    return [...links, ...sources]
      .filter((link) => isDead(root, page, link, markdownAnchors))
      .map((link) => `${page}: ${link}`);
  });
}

/** The links of HTML pages that lead nowhere, each with its page. */
export function deadHtmlLinks(root: string, pages: readonly string[]): string[] {
  return pages.flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8');
    const links = [...text.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, link]) => decodeEntities(link!));
    return links.filter((link) => isDead(root, page, link, htmlAnchors)).map((link) => `${page}: ${link}`);
  });
}

function isDead(root: string, page: string, link: string, anchorsOf: (file: string) => ReadonlySet<string>): boolean {
  if (/^[a-z][a-z+.-]*:|^\/\//i.test(link) || link === '') return false;
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? join(root, page) : join(root, dirname(page), decodeURIComponent(path.split('?')[0]!));
  if (!existsSync(file)) return true;
  if (anchor === undefined || anchor === '' || statSync(file).isDirectory()) return false;
  return /\.(md|html)$/.test(file) && !anchorsOf(file).has(decodeURIComponent(anchor));
}

// Anchors as the hosts of repositories make them: small letters, no marks, hyphens for spaces, a number for a heading that comes again.
function markdownAnchors(file: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [, heading = ''] of withoutCode(readFileSync(file, 'utf8'), false).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = words.replace(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');
    let name = slug;
    for (let times = 1; found.has(name); times += 1) name = `${slug}-${times}`;
    found.add(name);
  }
  return found;
}

function htmlAnchors(file: string): ReadonlySet<string> {
  const known = anchorsByFile.get(file);
  if (known) return known;
  const text = readFileSync(file, 'utf8');
  const found = new Set([...text.matchAll(/\s(?:id|name)="([^"]*)"/g)].map(([, name]) => decodeEntities(name!)));
  anchorsByFile.set(file, found);
  return found;
}

const anchorsByFile = new Map<string, ReadonlySet<string>>();

function withoutCode(page: string, inline = true): string {
  const text = page.replace(/^\s*(`{3,}|~{3,})[\s\S]*?^\s*\1\s*$/gm, '');
  return inline ? text.replace(/`[^`\n]*`/g, '') : text;
}

function decodeEntities(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
