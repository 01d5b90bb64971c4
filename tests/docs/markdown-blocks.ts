import type { Example } from './collect-examples.js';

/** A block of TypeScript on a page. */
export interface Block extends Example {
  /** False for a block below `<!-- no run -->`: it is only type-checked. */
  readonly runs: boolean;
}

const noRun = '<!-- no run -->';

/**
 * The blocks of TypeScript on a page, every one of them.
 *
 * @throws Error when a block is left open or marked as TypeScript or JavaScript in another way than `ts`, and when a
 *   `<!-- no run -->` stands above anything but a block of TypeScript: such a block would be passed over silently.
 */
export function markdownBlocks(title: string, file: string, page: string): Block[] {
  const lines = page.split(/\r?\n/);
  const blocks: Block[] = [];
  let marked = false;
  for (let at = 0; at < lines.length; at += 1) {
    const fence = lines[at]!.match(/^(\s*(?:>\s?)*)(`{3,}|~{3,})\s*(\S*)/);
    const place = `${title}:${at + 1}`;
    if (marked && lines[at]!.trim() !== '' && fence?.[3] !== 'ts') throw new Error(`${place}: no block below ${noRun}`);
    if (lines[at]!.includes('<!--') && /no[ -]?run/i.test(lines[at]!)) {
      if (lines[at]!.trim() !== noRun) throw new Error(`${place}: write ${noRun} on a line of its own`);
      marked = true;
    }
    if (!fence) continue;
    const [, indent = '', marks = '', language = ''] = fence;
    const end = closingLine(lines, at, marks);
    if (end === -1) throw new Error(`${place}: the block is left open`);
    if (isOtherScript(language)) throw new Error(`${place}: write \`\`\`ts, not \`\`\`${language}`);
    if (language === 'ts') {
      const text = lines
        .slice(at + 1, end)
        .map((line) => withoutIndent(line, indent))
        .join('\n');
      blocks.push({ title, file, line: at + 2, text, runs: !marked });
    }
    marked = false;
    at = end;
  }
  if (marked) throw new Error(`${title}: no block below ${noRun}`);
  return blocks;
}

function closingLine(lines: readonly string[], start: number, marks: string): number {
  const closing = new RegExp(`^[\\s>]*\\${marks[0]}{${marks.length},}\\s*$`);
  return lines.findIndex((line, at) => at > start && closing.test(line));
}

function withoutIndent(line: string, indent: string): string {
  return line.startsWith(indent) ? line.slice(indent.length) : line.trimStart();
}

function isOtherScript(language: string): boolean {
  return (
    language !== 'ts' &&
    /^(ts|typescript|tsx|mts|cts|js|javascript|jsx|mjs|cjs)\b/i.test(language.replace(/^\{?\.?/, ''))
  );
}
