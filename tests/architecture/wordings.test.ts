import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
/** Where the rules stand that more than one place checks. */
const home = /internal\/require(-tensor)?\.ts$/;

test('a rule of internal/require is worded nowhere else', () => {
  const rules = files.flatMap((path) => rulesOf(path).map((rule) => ({ path, rule })));
  const atHome = new Set(rules.filter(({ path }) => home.test(path)).map(({ rule }) => rule));
  expect(atHome.size).toBeGreaterThan(10);
  expect(rules.filter(({ path, rule }) => !home.test(path) && atHome.has(rule))).toEqual([]);
});

/** The rules that a file refuses by, as far as they are written as one text. */
function rulesOf(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(join(src, path), 'utf8'), ts.ScriptTarget.ES2022);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^refus(e|al)$/.test(node.expression.getText(source))) {
      const rule = node.arguments[2];
      if (rule && ts.isStringLiteralLike(rule)) found.push(rule.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
